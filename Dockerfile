# The same two commands where there is no Swift on the machine:
#   docker build -t lsmap . && docker run --rm -v "$PWD/demo:/lsmap/demo" lsmap make demo
FROM swift:6.3-bookworm
WORKDIR /lsmap
COPY . .
RUN apt-get update && apt-get install -y --no-install-recommends make && make build && rm -rf /var/lib/apt/lists/*
CMD ["make", "demo"]
