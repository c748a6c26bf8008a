import "./campaign.css";

const place = document.getElementById("campaign");
const slug = /^\/c\/([^/]+)/.exec(window.location.pathname)?.[1];
if (place && slug !== undefined) {
  place.dataset["slug"] = slug;
}
