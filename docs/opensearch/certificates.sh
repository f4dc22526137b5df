#!/bin/sh
# An authority of one's own and a certificate for the nodes: certificates.sh FOLDER [NAME…]
#
# FOLDER gets ca.pem, which clients trust (ONRECORD_ENGINE_CA), and node.pem with node.key. NAMEs are
# those that clients call the nodes by, as in DNS:search.example or IP:10.0.0.7.
set -eu
mkdir -p "$1"
cd "$1"
shift
names="DNS:localhost,IP:127.0.0.1"
for name in "$@"; do names="$names,$name"; done
printf 'subjectAltName=%s\n' "$names" > names

openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=Authority of On Record" \
    -keyout ca.key -out ca.pem
openssl req -newkey rsa:2048 -nodes -subj "/CN=node" -keyout node.key -out node.csr
openssl x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 825 -extfile names \
    -out node.pem
rm names node.csr
