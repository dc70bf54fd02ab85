package org.wallwhale.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class PubfileIdTest {
    private static final String[] PIECES = {
        "http", "https", "HTTPS", "steam", "://", "/", "?", "&", "=", "#", "@", ":", ".", "%", "%69", "steamcommunity.com",
        "www.", "sharedfiles", "workshop", "filedetails", "changelog", "comments", "discussion", "discussions", "url", "openurl",
        "CommunityFilePage", "id", "id=", "?id=", "&id=", "3790000000", "0", "1", "18446744073709551615", "-", "+", "0x",
        "\uff11", "\n", "\0", " ", "\\", "\u0130", "\u017f", "\ud83d", "\udc0b", "..", "searchtext=", "443",
    };

    @ParameterizedTest
    @ValueSource(strings = {
        "3790000000",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=3790000000",
        "http://steamcommunity.com/sharedfiles/filedetails/?id=3790000000",
        "https://www.steamcommunity.com/sharedfiles/filedetails/?id=3790000000",
        "HTTPS://SteamCommunity.COM/sharedfiles/filedetails/?id=3790000000",
        "https://steamcommunity.com/workshop/filedetails/?id=3790000000",
        "https://steamcommunity.com/sharedfiles/filedetails?id=3790000000",
        "https://steamcommunity.com/workshop/filedetails?id=3790000000",
        "https://steamcommunity.com/sharedfiles/filedetails/?searchtext=a b&id=3790000000&l=english",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=3790000000&searchtext=\u96e8",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=3790000000&id=3790000000",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=3790000000&Id=5&xid=6&id2=7",
        "https://steamcommunity.com/sharedfiles/filedetails/?%69%64=3790000000",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=3790000000#id=5",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=3790000000#?id=5/@evil",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=3790000000&to=https://example.com/@",
        "https://steamcommunity.com/sharedfiles/filedetails/changelog/3790000000",
        "https://steamcommunity.com/sharedfiles/filedetails/changelog/3790000000/?p=2",
        "https://steamcommunity.com/workshop/filedetails/changelog/3790000000#1700000000",
        "https://steamcommunity.com/sharedfiles/filedetails/comments/3790000000",
        "https://steamcommunity.com/sharedfiles/filedetails/comments/3790000000?ctp=3&id=3790000000",
        "https://steamcommunity.com/workshop/filedetails/comments/3790000000/",
        "https://steamcommunity.com/sharedfiles/filedetails/discussions/3790000000",
        "https://steamcommunity.com/workshop/filedetails/discussions/3790000000/",
        "https://steamcommunity.com/workshop/filedetails/discussion/3790000000/4032473829603430509/",
        "https://steamcommunity.com/workshop/filedetails/discussion/3790000000/4032473829603430509/?ctp=2",
        "steam://url/CommunityFilePage/3790000000",
        "STEAM://URL/CommunityFilePage/3790000000/",
        "steam://openurl/https://steamcommunity.com/sharedfiles/filedetails/?id=3790000000",
        "Steam://OpenURL/HTTP://www.steamcommunity.com/workshop/filedetails/discussion/3790000000/5",
        "steam://openurl/steam://url/CommunityFilePage/3790000000",
    })
    void everyKnownFormNamesTheItem(String urlOrId) {
        assertThat(PubfileId.parse(urlOrId)).hasToString("3790000000").isEqualTo(new PubfileId("3790000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "9", "4294967296", "9223372036854775808", "18446744073709551614"})
    void idsReachFromOneToTheLargestOfSteam(String id) {
        assertThat(PubfileId.parse(id).value()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, value = {
        "''                                                                            | There is no id and no address",
        "' '                                                                           | begins or ends with a blank",
        "' 5'                                                                          | begins or ends with a blank",
        "'5 '                                                                          | begins or ends with a blank",
        "'5\u2003'                                                                     | begins or ends with a blank",
        "'5\n'                                                                         | control character",
        "'5\0075'                                                                      | control character",
        "'5\u0085'                                                                     | control character",
        "'https://steamcommunity.com/sharedfiles/filedetails/?id=5\r\nHost: x'         | control character",
        "+5                                                                            | has a sign",
        "-5                                                                            | has a sign",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=-5                     | has a sign",
        "0x5                                                                           | hexadecimal",
        "0XE1F4                                                                        | hexadecimal",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=0xe1f4                 | hexadecimal",
        "e1f4ab00                                                                      | neither an id",
        "\uff13\uff17                                                                  | full-width digits",
        "3\u0667                                                                       | full-width digits",
        "3\ud835\udfcf                                                                 | full-width digits",
        "steam://url/CommunityFilePage/\uff13                                          | full-width digits",
        "0                                                                             | begins with a zero",
        "05                                                                            | begins with a zero",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=05                     | begins with a zero",
        "18446744073709551615                                                          | larger than 18446744073709551614",
        "18446744073709551616                                                          | larger than",
        "99999999999999999999                                                          | larger than",
        "100000000000000000000                                                         | larger than",
        "https://steamcommunity.com/sharedfiles/filedetails/changelog/18446744073709551615 | larger than",
        "1e9                                                                           | neither an id",
        "1.0                                                                           | neither an id",
        "1 2                                                                           | neither an id",
        "1,2                                                                           | neither an id",
        "id=5                                                                          | neither an id",
        "hello                                                                         | neither an id",
        "5/                                                                            | neither an id",
        "steamcommunity.com/sharedfiles/filedetails/?id=5                              | neither an id",
        "//steamcommunity.com/sharedfiles/filedetails/?id=5                            | neither an id",
        "ftp://steamcommunity.com/sharedfiles/filedetails/?id=5                        | neither an id",
        "javascript://steamcommunity.com/sharedfiles/filedetails/?id=5                 | neither an id",
        "http\u017f://steamcommunity.com/sharedfiles/filedetails/?id=5                 | neither an id",
        "https:/steamcommunity.com/sharedfiles/filedetails/?id=5                       | neither an id",
        "steam://openurl/5                                                             | does not lead to a Workshop item",
        "steam://openurl/https%3A%2F%2Fsteamcommunity.com%2Fsharedfiles%2Ffiledetails%2F%3Fid%3D5 | does not lead to",
        "steam://openurl/steam://openurl/https://steamcommunity.com/sharedfiles/filedetails/?id=5 | does not lead to",
        "steam://openurl/https://example.com/sharedfiles/filedetails/?id=5             | another host",
        "steam://run/431960                                                            | does not lead to a Workshop item",
        "steam://url/GameHub/5                                                         | does not lead to a Workshop item",
        "steam://url/CommunityFilePage/5/6                                             | does not lead to a Workshop item",
        "steam://url/CommunityFilePage/                                                | names no item",
        "https://example.com/sharedfiles/filedetails/?id=5                             | another host",
        "https://steamcommunity.com.evil/sharedfiles/filedetails/?id=5                 | another host",
        "https://evilsteamcommunity.com/sharedfiles/filedetails/?id=5                  | another host",
        "https://steamcommunity.com./sharedfiles/filedetails/?id=5                     | another host",
        "https://store.steamcommunity.com/sharedfiles/filedetails/?id=5                | another host",
        "https://\u017fteamcommunity.com/sharedfiles/filedetails/?id=5                 | another host",
        "https://steamcommun\u0130ty.com/sharedfiles/filedetails/?id=5                 | another host",
        "https://evil.example\\.steamcommunity.com/sharedfiles/filedetails/?id=5       | another host",
        "https://example.com?steamcommunity.com/sharedfiles/filedetails/?id=5          | another host",
        "https://example.com#steamcommunity.com/sharedfiles/filedetails/?id=5          | another host",
        "https:///sharedfiles/filedetails/?id=5                                        | another host",
        "https://user@steamcommunity.com/sharedfiles/filedetails/?id=5                 | user name before its host",
        "https://steamcommunity.com@evil.example/sharedfiles/filedetails/?id=5         | user name before its host",
        "https://user:word@steamcommunity.com/sharedfiles/filedetails/?id=5            | user name before its host",
        "steam://user@url/CommunityFilePage/5                                          | user name before its host",
        "https://steamcommunity.com:443/sharedfiles/filedetails/?id=5                  | names a port",
        "https://steamcommunity.com:8443/sharedfiles/filedetails/?id=5                 | names a port",
        "https://steamcommunity.com:/sharedfiles/filedetails/?id=5                     | names a port",
        "https://steamcommunity.com/                                                   | does not belong to a Workshop item",
        "https://steamcommunity.com/?id=5                                              | does not belong to a Workshop item",
        "https://steamcommunity.com/app/431960/workshop/                               | does not belong to a Workshop item",
        "https://steamcommunity.com/profiles/76561197960287930                         | does not belong to a Workshop item",
        "https://steamcommunity.com/sharedfiles/filedetails/5                          | does not belong to a Workshop item",
        "https://steamcommunity.com//sharedfiles/filedetails/?id=5                     | does not belong to a Workshop item",
        "https://steamcommunity.com/sharedfiles/../sharedfiles/filedetails/?id=5       | does not belong to a Workshop item",
        "https://steamcommunity.com/workshop/filedetails/discussion/5/../6             | does not belong to a Workshop item",
        "https://steamcommunity.com/sharedfiles/filedetails/changelog/5/6              | does not belong to a Workshop item",
        "https://steamcommunity.com/sharedfiles/filedetails/                           | names no item",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=                       | names no item",
        "https://steamcommunity.com/sharedfiles/filedetails/?id                        | names no item",
        "https://steamcommunity.com/sharedfiles/filedetails/?searchtext=5              | names no item",
        "https://steamcommunity.com/sharedfiles/filedetails/#id=5                      | names no item",
        "https://steamcommunity.com/sharedfiles/filedetails/comments/                  | names no item",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=%35                    | neither an id",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=5&id=x                 | neither an id",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=5&id=6                 | two different ids",
        "https://steamcommunity.com/sharedfiles/filedetails/?id=5&%69d=6               | two different ids",
        "https://steamcommunity.com/sharedfiles/filedetails/changelog/5?id=6           | two different ids",
        "steam://url/CommunityFilePage/5?id=6                                          | two different ids",
    })
    void everyOtherFormIsRefusedWithItsReason(String urlOrId, String reason) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> PubfileId.parse(urlOrId))
            .withMessageContaining(reason)
            .satisfies(refusal -> {
                assertThat(refusal.problem()).isEqualTo(Problem.INVALID);
                assertThat(refusal.pointer()).contains("/urlOrId");
            });
    }

    @Test
    void nothingAtAllIsRefused() {
        assertThatThrownBy(() -> PubfileId.parse(null)).isInstanceOf(ProblemException.class).hasMessageContaining("no id");
    }

    @Test
    void anAddressMayHave2048CharactersAndNoMore() {
        String address = "https://steamcommunity.com/sharedfiles/filedetails/?id=5&searchtext=";
        String longest = address + "a".repeat(2048 - address.length());
        assertThat(PubfileId.parse(longest).value()).isEqualTo("5");
        assertThatThrownBy(() -> PubfileId.parse(longest + "a"))
            .isInstanceOf(ProblemException.class).hasMessageContaining("longer than 2,048 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "/", "&", "id=", "steam://openurl/", "https://", "%69d=5&", "discussion/5/.", "://"})
    void fiveThousandCharactersOfGarbageAreJudgedAtOnce(String piece) {
        String garbage = piece.repeat(5000 / piece.length());
        String cut = ("https://steamcommunity.com/workshop/filedetails/" + garbage).substring(0, 2048);
        for (int i = 0; i < 1000; i++) {
            assertThatThrownBy(() -> PubfileId.parse(garbage)).isInstanceOf(ProblemException.class);
            assertThatThrownBy(() -> PubfileId.parse(cut)).isInstanceOf(ProblemException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "01", "-1", "x", "18446744073709551615", "https://steamcommunity.com/"})
    void aRecordIsNeverMadeOfAnythingButAnId(String value) {
        assertThatThrownBy(() -> new PubfileId(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whateverIsAcceptedIsAnIdAndWhateverIsNotIsAProblem() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = random.nextBoolean() ? assembled(random) : mutated(random);
            try {
                assertThat(PubfileId.parse(text).value()).as("seed %d, %s", seed, text).matches("^[1-9][0-9]{0,19}$");
                accepted++;
            } catch (ProblemException refusal) {
                assertThat(refusal.problem()).as("seed %d, %s", seed, text).isEqualTo(Problem.INVALID);
            } catch (RuntimeException other) {
                throw new AssertionError("seed " + seed + ", " + text, other);
            }
        }
        assertThat(accepted).as("seed %d", seed).isBetween(1000, 199_000);
    }

    private static String assembled(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean()
            ? "https://steamcommunity.com/sharedfiles/filedetails/?id=" + random.nextLong()
            : "steam://openurl/https://steamcommunity.com/workshop/filedetails/discussion/" + random.nextInt() + "/5");
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            text.replace(at, at + random.nextInt(2), random.nextBoolean()
                ? PIECES[random.nextInt(PIECES.length)] : Character.toString(random.nextInt(0x10000)));
        }
        return text.toString();
    }
}
