#!/usr/bin/env bash
# Delivers one commit, step by step; what GitHub Actions and CodePipeline both run. STAGE and TAG (the commit) are set, and
# AWS knows who asks. `check`: tests, synth and what would change. `deploy`: data, image, programs, schema, smoke test.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${STAGE:?is the stage, such as prod}" "${TAG:?is the commit}"
export CDK_DISABLE_CLI_TELEMETRY=true
choices=(-c "stage=$STAGE" -c "imageTag=$TAG")

check() {
  .ci/run
  npm run synth -- "${choices[@]}"
  echo 'What would change:'
  (cd infra/aws && npx cdk diff --all "${choices[@]}" 2>&1)
}

image() {
  local account registry
  account="$(aws sts get-caller-identity --query Account --output text)"
  registry="$account.dkr.ecr.$AWS_REGION.amazonaws.com"
  if aws ecr describe-images --repository-name "plumbline-$STAGE" --image-ids "imageTag=$TAG" >/dev/null 2>&1; then return; fi
  aws ecr get-login-password | docker login --username AWS --password-stdin "$registry"
  docker build --tag "$registry/plumbline-$STAGE:$TAG" .
  docker push "$registry/plumbline-$STAGE:$TAG"
}

deploy() {
  npm ci --ignore-scripts
  npm run -s build:lambda
  # Data first, since the image goes into its repository.
  (cd infra/aws && npx cdk deploy Data --require-approval never "${choices[@]}")
  image
  # CloudFormation goes back by itself when the programs do not become healthy.
  (cd infra/aws && npx cdk deploy App --require-approval never "${choices[@]}" --outputs-file ../../outputs.json)
  node infra/aws/run-task.js outputs.json "plumbline-$STAGE" migrate
  node infra/aws/smoke-test.js outputs.json "plumbline-$STAGE"
}

case "${1:-}" in
  check | deploy) "$1" ;;
  *) echo "usage: $0 check|deploy" >&2; exit 2 ;;
esac
