# One image for every process of the service: migrate, web and jobs differ by their command alone.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1
WORKDIR /app
RUN useradd --system --create-home --home-dir /home/hello hello && mkdir -p /app/var && chown hello /app/var

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY matcher matcher
COPY data data
COPY web web
COPY jobs jobs
RUN python -m compileall -q matcher data web jobs

USER hello
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8", "--worker-class", "gthread", \
     "--no-control-socket", "web.__main__:application()"]
