# A broker that is not ours, from Debian's package.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends mosquitto && rm -rf /var/lib/apt/lists/* \
    && printf 'listener 1883 0.0.0.0\nallow_anonymous true\npersistence false\n' > /etc/mosquitto/iotmqtt.conf
USER mosquitto
EXPOSE 1883
ENTRYPOINT ["mosquitto", "-c", "/etc/mosquitto/iotmqtt.conf"]
