host=ADDRESS secret_id=SECRET_ID secret_key=SECRET_KEY
body=$(printf '{"ProjectId":"PROJECT","ModelId":"MODEL","RspImgType":"url","MergeInfos":[{"Image":"%s"}]}' \
  "$(base64 < 'FACE' | tr -d '\n')")
now=$(date +%s) day=$(date -u +%F)
hash() { openssl dgst -sha256 -hex | sed 's/.*= *//'; }
hmac() { openssl dgst -sha256 -mac HMAC -macopt "$1" -hex | sed 's/.*= *//'; }
request=$(printf 'POST\n/\n\ncontent-type:application/json\nhost:%s\n\ncontent-type;host\n%s' \
  "$host" "$(printf %s "$body" | hash)" | hash)
key=$(printf %s "$day" | hmac "key:TC3$secret_key")
key=$(printf %s facefusion | hmac "hexkey:$key")
key=$(printf %s tc3_request | hmac "hexkey:$key")
signature=$(printf 'TC3-HMAC-SHA256\n%s\n%s/facefusion/tc3_request\n%s' "$now" "$day" "$request" | hmac "hexkey:$key")
printf %s "$body" | curl -s "http://$host/" --data-binary @- \
  -H 'Content-Type: application/json' -H 'X-TC-Action: FuseFace' -H 'X-TC-Version: 2022-09-27' \
  -H "X-TC-Timestamp: $now" -H "Authorization: TC3-HMAC-SHA256 Credential=$secret_id/$day/facefusion/tc3_request, \
SignedHeaders=content-type;host, Signature=$signature"
