FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements requirements
RUN python -m venv /opt/berichtenverkeer \
    && /opt/berichtenverkeer/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/runtime.txt \
    && pip install --no-cache-dir --no-deps --require-hashes -r requirements/build.txt
COPY . .
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/berichtenverkeer/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13-slim
# What weasyprint draws text with.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/berichtenverkeer /opt/berichtenverkeer
RUN useradd --system --create-home --home-dir /data berichtenverkeer \
    && install --directory --owner=berichtenverkeer --mode=700 /sleutels
ENV PATH=/opt/berichtenverkeer/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    BV_DATABASE_URL=sqlite:////data/berichtenverkeer.db \
    BV_SLEUTELS=/sleutels/sleutels
USER berichtenverkeer
WORKDIR /data
# The keys are not kept with what they hide.
VOLUME /data /sleutels
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/gezondheid', timeout=2)"]
CMD ["berichtenverkeer", "serve", "--host", "0.0.0.0", "--port", "8080"]
