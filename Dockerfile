# Multi-stage: the SDK and Node build, the ASP.NET runtime runs; not root; its own PostgreSQL and Redis unless ConnectionStrings are set.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/CommandCenter/CommandCenter.csproj -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends redis-server util-linux curl \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o app -g app -m 0700 /data
COPY --from=build /app /app
WORKDIR /app
USER app
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=6 CMD curl -fsS http://localhost:8080/healthz/ready || exit 1
ENTRYPOINT ["dotnet", "CommandCenter.dll", "--data", "/data", "--no-demo", "--listen", "http://0.0.0.0:8080"]
