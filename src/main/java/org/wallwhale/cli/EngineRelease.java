package org.wallwhale.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The release of DepotDownloader that {@code engine install} fetches for a system. Its project publishes no digests; these are the ones
 * that winget's manifest (Windows), Arch Linux's package (Linux) and several other projects have pinned independently of each other.
 *
 * @param asset the zip's name in the release
 * @param sha256 of the zip, lower-case hexadecimal
 */
record EngineRelease(String asset, String sha256) {
    static final String VERSION = "3.4.0";
    static final String BASE = "https://github.com/SteamRE/DepotDownloader/releases/download/DepotDownloader_" + VERSION + "/";
    private static final Map<String, String> SHA256 = Map.of(
            "linux-x64", "a999dec66b4850fc961bd50366696d23c2d0fad7b18790e6a5647b2f19097a53",
            "linux-arm64", "d9fb612ccebc1db8eeea3b4045d2221ec70431381393ce908fb72f01d4f9c812",
            "macos-x64", "3214b689564d73e9342a8a4aef693de6ad3d293801b0f300a4466f60ec75befb",
            "macos-arm64", "60e80c7c496f3f9a079cd3c62036b35d088c27bc0149baf38f009eb57a52f6a5",
            "windows-x64", "41c9e9f0df54b3ad02e67a11726756e5c73283bd7c2e1b04acfa5ae4c2ed3767",
            "windows-arm64", "1449ba47775e9974036e615bedf00d72bef747cc5b93a78048ed4e0b2c63b2b3");

    /** By Java's names of both; empty where there is none that is known. */
    static Optional<EngineRelease> of(String os, String arch) {
        String name = os.toLowerCase(Locale.ROOT);
        String system = name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "macos" : name.startsWith("windows") ? "windows" : "";
        String machine = switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64", "arm64" -> "arm64";
            default -> arch;
        };
        String key = system + "-" + machine;
        return Optional.ofNullable(SHA256.get(key)).map(sha256 -> new EngineRelease("DepotDownloader-" + key + ".zip", sha256));
    }
}
