# Pitch as one static file in an empty image: zones and certificate roots are in
# the binary. It runs as a user without rights and writes to /data alone.
#
#   docker build --build-arg RELEASE=v1.0.0 -t pitch .
#   docker run -d --restart unless-stopped -v pitch:/data \
#     -e SLACK_BOT_TOKEN -e SLACK_APP_TOKEN pitch

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG RELEASE=
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false \
      -ldflags "-s -w -X main.release=${RELEASE}" -o /out/pitch ./cmd/pitch
# A new volume takes the owner and mode of the folder it is mounted on.
RUN mkdir -m 0700 /out/data /out/tmp

FROM scratch
COPY --from=build /out/pitch /pitch
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
USER 65532:65532
VOLUME /data
WORKDIR /data
ENV PITCH_STORE=bolt:/data/pitch.db
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/pitch", "health"]
ENTRYPOINT ["/pitch"]
CMD ["serve"]
