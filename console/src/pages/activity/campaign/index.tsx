export { CampaignTab } from "./CampaignTab";
