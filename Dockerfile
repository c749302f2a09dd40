# One image for the bot, the workers and migrations; what it does is said by its command (infra/aws/programs.ts).
# Built from the lock file alone. Runs as nobody in particular, on a root that may be read-only: it writes to /tmp.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs an install script, and none may run one.
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS build
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY etl ./etl
COPY infra ./infra
COPY sql-templates ./sql-templates
COPY prompts ./prompts
COPY test/evals ./test/evals
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    PLUMBLINE_HOME=/tmp/plumbline \
    HEALTH_PORT=8080
WORKDIR /app
COPY --from=build --chown=0:0 /app/package.json ./package.json
COPY --from=build --chown=0:0 /app/node_modules ./node_modules
COPY --from=build --chown=0:0 /app/dist ./dist
# The user 'node' of the base image. Nothing under /app belongs to it.
USER 1000:1000
VOLUME ["/tmp"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "dist/src/cli.js", "health"]
ENTRYPOINT []
CMD ["node", "dist/src/cli.js", "start", "--no-sample"]
