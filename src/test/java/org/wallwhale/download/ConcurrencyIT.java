package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** Many who want the same at the same moment. */
class ConcurrencyIT extends HttpTest {
    private static final int MANY = 20;
    private final Api administrator = Api.administrator();
    private final ExecutorService threads = Executors.newFixedThreadPool(MANY);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void parallelSubmitsGetWhatTheQuotaHasAndNoMore() throws Exception {
        ObjectNode terms = Api.object().put("name", "five a day").put("downloadsDaily", 5);
        terms.putArray("scopes").add("download:*");
        Api key = Api.withKey(administrator.post("/api/v1/admin/api-keys", terms).json().get("key").textValue());
        List<Answer> answers = together(IntStream.range(0, MANY).mapToObj(i -> () -> key.post(DOWNLOADS, later("46000001" + (10 + i)))));
        List<Answer> accepted = answers.stream().filter(answer -> answer.status() == 202).toList();
        assertThat(accepted).hasSize(5);
        answers.stream().filter(answer -> answer.status() != 202).forEach(answer -> {
            JsonNode problem = Problems.demand(answer, 429, "too_many_requests");
            assertThat(problem.get("violated-policies").toString()).isEqualTo("[\"downloads-daily\"]");
        });
        accepted.forEach(answer -> key.post(DOWNLOADS + "/" + answer.json().get("id").textValue() + "/cancel", ""));
    }

    @Test
    void aDownloadThatManyCancelRetryAndDeleteIsAlwaysInOneState() throws Exception {
        Api user = Api.secondUser();
        String id = user.submit(later("4600000003")).get("id").textValue();
        String path = DOWNLOADS + "/" + id;
        for (int round = 0; round < 30; round++) {
            List<Answer> answers = together(Stream.<Callable<Answer>>of(() -> user.post(path + "/cancel", ""), () -> user.post(path + "/retry", ""))
                    .flatMap(deed -> IntStream.range(0, MANY / 2).mapToObj(i -> deed)));
            assertThat(answers).extracting(Answer::status).isSubsetOf(200, 409).contains(200);
            assertThat(user.download(id).get("status").textValue()).isIn("queued", "running", "canceled");
        }
        user.post(path + "/cancel", "");
        assertThat(user.awaitFinished(id).get("status").textValue()).isEqualTo("canceled");
        assertThat(together(IntStream.range(0, MANY).mapToObj(i -> () -> user.delete(path)))).extracting(Answer::status)
                .containsOnlyOnce(204).isSubsetOf(204, 404);
        Problems.demand(user.get(path), 404, "not_found");
    }

    private List<Answer> together(Stream<Callable<Answer>> deeds) throws Exception {
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> answer : threads.invokeAll(deeds.toList())) {
            answers.add(answer.get());
        }
        return answers;
    }

    private static ObjectNode later(String item) {
        return Api.object().put("urlOrId", item).put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z");
    }
}
