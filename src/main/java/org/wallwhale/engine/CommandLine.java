package org.wallwhale.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DepotDownloader's arguments and environment for a fetch (command line of 3.4.0). The password is in neither. */
record CommandLine(List<String> arguments, Map<String, String> environment) {
    /** The tool's own default; two sessions of an account with one id throw each other out. */
    private static final long DEFAULT_LOGIN_ID = 0x534B32;

    static CommandLine of(Fetch fetch, int maxDownloads) {
        List<String> arguments = new ArrayList<>(fetch.tool().command());
        arguments.addAll(List.of("-app", Long.toString(fetch.appId()), "-pubfile", fetch.pubfileId(),
                "-dir", fetch.content().toString(), "-max-downloads", Integer.toString(maxDownloads)));
        fetch.login().ifPresent(login -> arguments.addAll(List.of("-username", login.username(), "-remember-password",
                "-loginid", Long.toString(loginId(fetch)))));
        return new CommandLine(List.copyOf(arguments), environment(fetch.home()));
    }

    /** One HOME, one session: so the id follows from the HOME. */
    private static long loginId(Fetch fetch) {
        long id = fetch.home().toString().hashCode() & 0xFFFF_FFFFL;
        return id == DEFAULT_LOGIN_ID || id == 0 ? id + 1 : id;
    }

    /** All that a tool gets; HOME must take files, whatever it is run for. */
    static Map<String, String> environment(Path home) {
        return Map.of(
                "HOME", home.toString(),
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "LC_ALL", "C.UTF-8",
                "DOTNET_EnableDiagnostics", "0",
                "DOTNET_gcServer", "0");
    }
}
