import "./theme.css";
import { createApp } from "vue";
import { registerFonts } from "./fonts";
import { chooseLanguage, makeI18n, rememberedLanguage } from "./i18n";
import App from "./pages/App.vue";
import { reloadWhenReplaced } from "./pages/onDemand";
import { readView } from "./state/view";

registerFonts();
reloadWhenReplaced();
const language = chooseLanguage(readView(location.search).language, rememberedLanguage());
document.documentElement.lang = language;
createApp(App).use(makeI18n(language)).mount("#app");
