# The server as one static binary in an otherwise empty image:
#
#   docker build -t vivarium .
#   docker run -d --name vivarium -p 8080:8080 -v vivarium:/data vivarium
#   docker exec vivarium app admin create-user …
#
# docs/operations.md tells the rest. `make image-test` builds this file and runs it.
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
# What `app version` prints; without them it says "development".
ARG VERSION
ARG COMMIT
ENV CGO_ENABLED=0
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION -X main.commit=$COMMIT" -o /out/app ./app && \
    mkdir /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/app /usr/local/bin/app
# A new volume takes over the owner of the folder that it covers.
COPY --from=build --chown=65532:65532 /out/data /data
ENV PATH=/usr/local/bin VIVARIUM_DATA_DIR=/data
USER 65532:65532
VOLUME /data
EXPOSE 8080
# Uploads are collected below /data: nothing else has to be writable.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["/usr/local/bin/app", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/app"]
CMD ["serve"]
