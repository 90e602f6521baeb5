import '@fontsource-variable/golos-text/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import '@fontsource-variable/sofia-sans-extra-condensed/index.css'
import './tokens.css'
import './app.css'
import { mount } from 'svelte'
import App from './App.svelte'

const target = document.getElementById('app')
if (!target) throw new Error('The page has no #app')
mount(App, { target })
