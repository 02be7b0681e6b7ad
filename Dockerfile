# All in one: `docker build -t iotmqtt .`, then `docker run --rm -v "$PWD:/w" iotmqtt run /w/p.yaml` (docs/ci.md).
# The stage `orchestrator` is the same program for the compose file: `docker build --target orchestrator .`
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
# What decides the packages first, so that a change of the sources does not restore again.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY hosting/*.csproj hosting/packages.lock.json hosting/
COPY protocol/*.csproj protocol/packages.lock.json protocol/
COPY models/*.csproj models/packages.lock.json models/
COPY engine/*.csproj engine/packages.lock.json engine/
COPY broker/library/*.csproj broker/library/packages.lock.json broker/library/
COPY devices/library/*.csproj devices/library/packages.lock.json devices/library/
COPY runner/*.csproj runner/packages.lock.json runner/
COPY orchestrator/*.csproj orchestrator/*.targets orchestrator/packages.lock.json orchestrator/
RUN dotnet restore orchestrator/IotMqtt.Orchestrator.csproj --locked-mode -p:Configuration=Release
COPY hosting/ hosting/
COPY protocol/ protocol/
COPY models/ models/
COPY engine/ engine/
COPY broker/library/ broker/library/
COPY devices/library/ devices/library/
COPY runner/ runner/
COPY orchestrator/ orchestrator/
RUN dotnet publish orchestrator/IotMqtt.Orchestrator.csproj --no-restore --configuration Release --output /app -p:UseAppHost=false -p:PublishDocumentationFiles=false -p:PrecompilePublish=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS orchestrator
WORKDIR /app
COPY --from=build /app ./
COPY examples/ examples/
USER $APP_UID
# Often until it is up, then seldom: each check starts a process.
HEALTHCHECK --interval=15s --timeout=5s --retries=3 --start-period=30s --start-interval=1s CMD ["dotnet", "IotMqtt.Orchestrator.dll", "health"]
ENTRYPOINT ["dotnet", "IotMqtt.Orchestrator.dll"]

FROM orchestrator AS all-in-one
USER root
# Whoever mounts a folder on /w owns it, and what is written there; without one it belongs to the image's own user.
RUN mkdir /w && chown "$APP_UID:$APP_UID" /w
COPY --chmod=755 deploy/as-owner.sh /usr/local/bin/iotmqtt
WORKDIR /w
EXPOSE 1883
HEALTHCHECK --interval=15s --timeout=5s --retries=3 --start-period=30s --start-interval=1s CMD ["iotmqtt", "health"]
ENTRYPOINT ["iotmqtt"]
