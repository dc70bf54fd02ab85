package org.wallwhale.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One person at the page. It notes whatever a page must never do: errors in the console, exceptions, and what the policies for
 * content and for trusted types refuse; {@link #isFaultless} judges it.
 */
final class Visit implements AutoCloseable {
    /** Below this folder, a picture for each page and look. */
    static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Set<String> SEVERE = Set.of("serious", "critical");
    private static final String REPORT = "document.addEventListener('securitypolicyviolation', "
            + "e => console.error(`refused by policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))";
    private final BrowserContext context;
    private final Page page;
    private final String root;
    private final Look look;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    Visit(Browser browser, String root, Look look) {
        this.root = root;
        this.look = look;
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(look.width, look.height).setColorScheme(look.colors)
                .setLocale("en-US").setAcceptDownloads(true));
        context.addInitScript(REPORT);
        page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(faults::add);
    }

    private void note(ConsoleMessage message) {
        if (message.type().equals("error")) {
            faults.add(message.text() + " at " + message.location());
        }
    }

    Page page() {
        return page;
    }

    /** Opens the page at an address behind the hash, such as {@code queue?state=failed}. */
    Visit open(String place) {
        page.navigate(root + "/#/" + place);
        return this;
    }

    Visit login(String email, String password) {
        page.locator("ww-login").getByLabel("Mail address").fill(email);
        page.locator("ww-login").getByLabel("Password").fill(password);
        button("Log in").click();
        page.locator("header.top").waitFor();
        return this;
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator part(String selector) {
        return page.locator(selector);
    }

    /** The one that shows a text. */
    Locator part(String selector, String text) {
        return page.locator(selector, new Page.LocatorOptions().setHasText(text));
    }

    /** As with Ctrl+V while nothing has the focus. */
    void paste(String text) {
        page.evaluate("text => { const data = new DataTransfer(); data.setData('text/plain', text);"
                + " document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }", text);
    }

    /** Waits until nothing is loading any longer that the page shows as such. */
    void rest() {
        page.locator("[aria-busy=true]:visible").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /** Takes the page's picture and has axe look for what hinders people; also that nothing is cut off at the side. */
    void look(String name) {
        String how = look.name().toLowerCase(Locale.ROOT);
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + "-" + how + ".png")));
        List<String> found = new AxeBuilder(page).analyze().getViolations().stream().filter(rule -> SEVERE.contains(rule.getImpact()))
                .map(Visit::text).toList();
        assertThat(found).as("what axe finds in " + name + ", " + how).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).as("pixels of "
                + name + ", " + how + ", beyond the window").isEqualTo(0);
    }

    private static String text(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList();
    }

    /** What this visit may have seen in the console, for tests that cause it; all else is a fault. */
    void isFaultlessBut(String... allowed) {
        assertThat(faults.stream().filter(fault -> List.of(allowed).stream().noneMatch(fault::contains)).toList())
                .as("what the browser complains of").isEmpty();
    }

    void isFaultless() {
        isFaultlessBut();
    }

    @Override
    public void close() {
        context.close();
    }
}
