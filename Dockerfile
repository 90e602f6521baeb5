FROM node:20.20.2-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY client/package.json client/

# Native parts come prebuilt, as packages of their own: no package needs its install script.
FROM manifests AS build
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY shared shared
COPY server server
COPY client client
RUN npm run build

# What the server needs at run time; the client's libraries are in its bundle.
FROM manifests AS production
RUN npm ci --ignore-scripts --omit=dev --workspace @knopka/server

FROM node:20.20.2-slim
RUN mkdir /data && chown node:node /data
WORKDIR /app
COPY --from=production /app/node_modules node_modules
COPY --from=production /app/shared/package.json shared/
COPY --from=production /app/server/package.json server/
COPY --from=build /app/shared/dist shared/dist
COPY --from=build /app/server/dist server/dist
# The sources that the built server reads: Redis runs them.
COPY --from=build /app/server/src/store/append.lua /app/server/src/store/erase.lua /app/server/src/store/gather.lua \
  /app/server/src/store/count.lua server/src/store/
COPY --from=build /app/client/dist client/dist
COPY content content
ENV NODE_ENV=production
ENV PORT=3000
ENV KNOPKA_DATA=/data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/dist/main.js"]
