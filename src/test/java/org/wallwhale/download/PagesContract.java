package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.CountedStatements;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.engine.Reason;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** What the pages of a user and of an administrator ask of downloads, on every database. */
abstract class PagesContract {
    private static final Holder HERE = new Holder("here", "boot-1");
    private static final Failure STALLED = new Failure("stalled", "Nothing arrived.", "Wait.");
    private Beans beans;
    private DownloadListService list;
    private DownloadService downloads;
    private ClaimService claims;
    private Caller ann;
    private Caller ben;
    @TempDir
    private Path data;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        start(open());
    }

    private void start(TestDatabase database) {
        beans = new Beans(database, Map.of("wallwhale.data-dir", data.toString(), "wallwhale.sandbox.enabled", "true"));
        list = beans.get(DownloadListService.class);
        downloads = beans.get(DownloadService.class);
        claims = beans.get(ClaimService.class);
        ann = Callers.of(beans.addUser(), "download:read", "download:write");
        ben = Callers.of(beans.addUser(), "download:read", "download:write");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void countsAreOfOnesOwnOrOfEverybodyAndNotOfTheItemsOfCollections() {
        assertThat(list.counts(ann)).isEqualTo(new DownloadCounts(0, 0, 0, 0, 0, 0, 0));
        submit("1", ann);
        claims.enter(claimed(), Phase.NEEDS_INPUT);
        submit("2", ann);
        beans.get(CollectionService.class).expand(claimed(), List.of("21", "22"));
        downloads.cancel(submit("3", ann), ann);
        submit("4", ben);
        assertThat(list.counts(ann)).isEqualTo(new DownloadCounts(3, 0, 2, 1, 0, 0, 1));
        assertThat(list.counts(ben)).isEqualTo(new DownloadCounts(1, 1, 0, 0, 0, 0, 0));
        assertThat(list.countsOfEverybody()).isEqualTo(new DownloadCounts(4, 1, 2, 1, 0, 0, 1));
        assertThat(beans.get(DownloadListRepository.class).counts(Optional.empty(), false, 2)).isEqualTo(new DownloadCounts(2, 1, 2, 1, 0, 0, 1));
        assertThat(pages(DownloadQuery.of("9", null, null, null, null, null, null).asking("true"))).hasSize(1);
    }

    @Test
    void aKeyOfKindTestCountsAndSeesTheSandboxAlone() throws Exception {
        submit("1", ann);
        submit("2", ann);
        sql("update downloads set source = 'STEAM' where pubfile_id = '2'");
        Caller test = Callers.withTestKey(ann.userId(), "download:read");
        assertThat(list.counts(test).all()).isEqualTo(1);
        assertThat(list.find(DownloadQuery.of(null, null, null, null, null, null, null), test).downloads()).extracting(DownloadView::pubfileId).containsExactly("1");
    }

    @Test
    void pagesOfEverybodyShowEachOnceInOrderWhateverTheyAreOf() throws Exception {
        List<UUID> oldestFirst = new ArrayList<>();
        for (int item = 1; item <= 7; item++) {
            oldestFirst.add(submit(String.valueOf(item), item % 2 == 0 ? ann : ben));
            sql("update downloads set created_at = created_at - interval '1' second");
        }
        List<UUID> newestFirst = new ArrayList<>(oldestFirst);
        Collections.reverse(newestFirst);
        assertThat(pages(everybodys(null, null, null))).isEqualTo(newestFirst);
        assertThat(pages(everybodys(null, "createdAt", null))).isEqualTo(oldestFirst);
        assertThat(pages(everybodys("queued", null, null))).isEqualTo(newestFirst);
        assertThat(pages(everybodys("queued,running", "createdAt", null))).isEqualTo(oldestFirst);
        assertThat(pages(everybodys("failed", null, null))).isEmpty();
        assertThat(pages(everybodys(null, null, ann.userId().toString()))).containsExactly(newestFirst.get(1), newestFirst.get(3), newestFirst.get(5));
        assertThat(list.live(Optional.empty(), 3)).isEqualTo(newestFirst.subList(0, 3));
        assertThat(list.find(everybodys(null, null, null), ann).pagination().total()).isEqualTo(7);
    }

    /** Follows the cursors, two at a time. */
    private List<UUID> pages(DownloadQuery first) {
        List<UUID> seen = new ArrayList<>();
        for (DownloadQuery query = first; ;) {
            DownloadList page = list.find(query, ann);
            page.downloads().forEach(download -> seen.add(download.id()));
            if (!page.pagination().hasMore()) {
                return seen;
            }
            query = new DownloadQuery(query.limit(), 0, Optional.of(DownloadQuery.Cursor.parse(page.pagination().nextCursor())), query.statuses(),
                    query.pubfileId(), query.text(), query.newestFirst(), query.needsInput(), query.whose());
        }
    }

    private static DownloadQuery everybodys(String status, String sort, String userId) {
        return DownloadQuery.of("2", null, null, status, null, null, sort).everybodys(userId);
    }

    @Test
    void theRunsOfADownloadSayWhenTheyEnteredEachPhaseFirstAndHowTheyEnded() {
        UUID id = submit("1", ann);
        Claim first = claimed();
        assertThat(attempts(id)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isNull();
            assertThat(run.endedAt()).isNull();
            assertThat(run.phases()).isEqualTo(new AttemptView.Phases(run.startedAt(), null, null, null, null));
        });
        claims.enter(first, Phase.LOGIN);
        claims.enter(first, Phase.NEEDS_INPUT);
        claims.enter(first, Phase.DOWNLOADING);
        Instant downloading = attempts(id).get(0).phases().downloading();
        claims.enter(first, Phase.LOGIN);
        claims.enter(first, Phase.DOWNLOADING);
        claims.enter(first, Phase.VERIFYING);
        claims.fail(first, STALLED, Optional.of(Duration.ZERO), 1);
        claims.fail(claimed(), new Failure("not_owned", "It is not owned.", "Own it."), Optional.empty(), 0);
        List<AttemptView> runs = attempts(id);
        assertThat(runs).extracting(AttemptView::number).containsExactly(1, 2);
        AttemptView run = runs.get(0);
        assertThat(run.instance()).isEqualTo("here");
        assertThat(run.phases().downloading()).isEqualTo(downloading).isBetween(run.startedAt(), run.endedAt());
        assertThat(run.phases().needsInput()).isBetween(run.startedAt(), downloading);
        assertThat(run.phases().verifying()).isBetween(downloading, run.endedAt());
        assertThat(run.phases().ready()).isNull();
        assertThat(List.of(run.outcome(), run.message(), run.advice())).containsExactly("stalled", "Nothing arrived.", Reason.STALLED.advice());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(runs.get(1).advice()).as("of this download").isEqualTo("Own it.");
        assertThat(runs.get(1).exitCode()).as("0 says nothing").isNull();
        demand(Problem.NOT_FOUND, () -> beans.get(DownloadLogService.class).attempts(id, ben));
    }

    @Test
    void ofVeryManyRunsTheNewestAreTold() throws Exception {
        UUID id = submit("1", ann);
        claimed();
        for (int runs = 1; runs < 128; runs *= 2) {
            sql("insert into attempts (download_id, number, fence, instance_id, started_at, first_seq)"
                    + " select download_id, number + " + runs + ", fence, instance_id, started_at, first_seq from attempts");
        }
        assertThat(attempts(id)).extracting(AttemptView::number).isSorted().hasSize(100).startsWith(29).endsWith(128);
    }

    private List<AttemptView> attempts(UUID id) {
        return beans.get(DownloadLogService.class).attempts(id, ann).attempts();
    }

    @Test
    void whatHasNotFinishedGetsAnotherPriorityAndWhatHasNotStartedAnotherStart() {
        Instant later = Instant.parse("2099-01-01T00:00:00Z");
        UUID first = submit("1", ann);
        UUID second = submit("2", ann);
        DownloadView changed = change(second, terms -> new DownloadTerms(5, terms.startAt()));
        assertThat(changed.priority()).isEqualTo(5);
        assertThat(claimed().downloadId()).as("the higher priority").isEqualTo(second);
        assertThat(change(second, terms -> new DownloadTerms(null, terms.startAt())).priority()).isZero();
        demand(Problem.CONFLICT, () -> change(second, terms -> new DownloadTerms(1, later)));
        assertThat(change(first, terms -> new DownloadTerms(terms.priority(), later)).waitingFor()).contains("2099");
        assertThat(claims.claim(HERE)).isEmpty();
        change(first, terms -> new DownloadTerms(terms.priority(), null));
        Claim run = claimed();
        claims.fail(run, STALLED, Optional.empty(), 1);
        demand(Problem.CONFLICT, () -> change(first, terms -> terms));
        demand(Problem.NOT_FOUND, () -> downloads.change(first, terms -> terms, version -> true, ben));
    }

    @Test
    void aChangeThatSomebodyElseWasFasterThanIsRefused() {
        UUID id = submit("1", ann);
        long version = downloads.get(id, ann).revision();
        DownloadView changed = downloads.change(id, terms -> new DownloadTerms(1, null), found -> found == version, ann);
        assertThat(changed.revision()).isGreaterThan(version).isEqualTo(downloads.get(id, ann).revision());
        demand(Problem.PRECONDITION_FAILED, () -> downloads.change(id, terms -> new DownloadTerms(2, null), found -> found == version, ann));
        assertThat(downloads.get(id, ann).priority()).isEqualTo(1);
    }

    @Test
    void aCollectionTakesThoseOfItsItemsAlongThatHaveNotStarted() {
        UUID id = submit("1", ann);
        beans.get(CollectionService.class).expand(claimed(), List.of("11", "12"));
        Claim running = claimed();
        change(id, terms -> new DownloadTerms(7, null));
        assertThat(list.findParts(id, DownloadQuery.of(null, null, null, null, null, null, "createdAt").partsOf(id), ann).downloads())
                .allSatisfy(part -> assertThat(part.priority()).isEqualTo(part.id().equals(running.downloadId()) ? 0 : 7)).hasSize(2);
    }

    @Test
    void theItemsOfACollectionAreReadByTheCursorToo() {
        UUID id = submit("1", ann);
        beans.get(CollectionService.class).expand(claimed(), List.of("11", "12", "13"));
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            DownloadList page = list.findParts(id, DownloadQuery.of("2", null, after, "queued", null, null, "createdAt").partsOf(id), ann);
            page.downloads().forEach(part -> seen.add(part.pubfileId()));
            after = page.pagination().nextCursor();
        } while (after != null);
        assertThat(seen).containsExactlyInAnyOrder("11", "12", "13");
    }

    private DownloadView change(UUID id, UnaryOperator<DownloadTerms> change) {
        return downloads.change(id, change, version -> true, ann);
    }

    @Test
    void aPageOfBatchesHasOnesOwnWithTheirLinesAndTheirDownloadsByStatus() throws Exception {
        BatchView first = batch(ann, "1", "1", "nonsense", "2");
        downloads.cancel(first.items().get(3).downloadId(), ann);
        sql("update batches set created_at = created_at - interval '1' second");
        BatchView second = batch(ann, "3");
        BatchView bens = batch(ben, "4");
        UUID gone = second.items().get(0).downloadId();
        downloads.cancel(gone, ann);
        downloads.delete(gone, ann);
        BatchList page = batches(1, 1, ann);
        assertThat(page.batches()).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo(first.id());
            assertThat(found.createdAt()).isEqualTo(batches().get(first.id(), ann).createdAt());
            assertThat(found.lines()).isEqualTo(4);
            assertThat(found.children()).containsEntry(Status.QUEUED, 1).containsEntry(Status.CANCELED, 1).isEqualTo(batches().get(first.id(), ann).children());
        });
        assertThat(page.pagination()).isEqualTo(new BatchList.Pagination(2, 1, 1, false));
        BatchList before = batches(1, 0, ann);
        assertThat(before.pagination()).isEqualTo(new BatchList.Pagination(2, 1, 0, true));
        assertThat(before.batches()).as("emptied").containsExactly(
                new BatchList.Entry(second.id(), second.createdAt(), 1, batches().get(second.id(), ann).children()));
        assertThat(batches(9, 0, ben).batches()).extracting(BatchList.Entry::id).containsExactly(bens.id());
        assertThat(batches(9, 0, Callers.of(beans.addUser(), "download:read", "admin:read")).batches()).as("an administrator's own").isEmpty();
        Caller testKey = Callers.withTestKey(ann.userId(), "download:read", "download:write");
        BatchView third = batch(testKey, "5");
        BatchList ofTestKey = batches(9, 0, testKey);
        assertThat(ofTestKey.batches()).extracting(BatchList.Entry::id).containsExactly(third.id());
        assertThat(batches(9, 0, ann).batches()).extracting(BatchList.Entry::id).containsExactly(third.id(), second.id(), first.id());
        assertThat(ofTestKey.pagination().total()).isEqualTo(1);
    }

    @Test
    void aPageOfManyBatchesTakesNoMoreStatementsThanOneOfFew() {
        CountedStatements statements = new CountedStatements();
        close();
        start(statements.open());
        batch(ann, "1");
        int few = statements.of(() -> batches(50, 0, ann));
        for (int more = 0; more < 9; more++) {
            batch(ann, "1", "2");
        }
        assertThat(statements.of(() -> batches(50, 0, ann))).isEqualTo(few);
        assertThat(batches(50, 0, ann).batches()).hasSize(10);
    }

    private BatchView batch(Caller owner, String... items) {
        return batches().submit(new SubmitBatch(Stream.of(items).map(item -> new SubmitDownload(item, "sandbox", null, null, null)).toList()), owner);
    }

    private BatchList batches(int limit, int offset, Caller caller) {
        return batches().list(limit, offset, caller);
    }

    private BatchService batches() {
        return beans.get(BatchService.class);
    }

    @Test
    void ofManyOneThatIsRefusedHindersNoOther() {
        UUID queued = submit("1", ann);
        UUID canceled = submit("2", ann);
        UUID foreign = submit("3", ben);
        downloads.cancel(canceled, ann);
        UUID unknown = UUID.randomUUID();
        List<UUID> ids = List.of(foreign, queued, unknown, canceled, queued);
        assertThat(results(ids, ChangeDownloads.Action.DELETE)).extracting(ChangedDownloads.Line::id, ChangedDownloads.Line::result, ChangedDownloads.Line::code)
                .containsExactly(line(foreign, ChangedDownloads.Result.MISSING, "not_found"), line(queued, ChangedDownloads.Result.REFUSED, "conflict"),
                        line(unknown, ChangedDownloads.Result.MISSING, "not_found"), line(canceled, ChangedDownloads.Result.DONE, null));
        assertThat(results(ids, ChangeDownloads.Action.CANCEL)).filteredOn(line -> line.result() == ChangedDownloads.Result.DONE)
                .singleElement().satisfies(line -> assertThat(line.download().status()).isEqualTo(Status.CANCELED));
        assertThat(results(ids, ChangeDownloads.Action.RETRY)).filteredOn(line -> line.id().equals(queued))
                .singleElement().satisfies(line -> assertThat(line.download().status()).isEqualTo(Status.QUEUED));
        assertThat(downloads.get(foreign, ben).status()).isEqualTo(Status.QUEUED);
    }

    private List<ChangedDownloads.Line> results(List<UUID> ids, ChangeDownloads.Action action) {
        return beans.get(BulkService.class).change(new ChangeDownloads(ids, action), ann).results();
    }

    private static Tuple line(UUID id, ChangedDownloads.Result result, String code) {
        return Tuple.tuple(id, result, code);
    }

    @Test
    void whatFinishedIsCountedByTheHourForADayAndFailuresByTheirReasons() throws Exception {
        Instant hour = beans.transaction(() -> beans.get(ClockRepository.class).now()).truncatedTo(ChronoUnit.HOURS);
        Instant[] times = {hour, hour.minusNanos(1000), hour.minus(Duration.ofHours(23)), hour.minus(Duration.ofHours(23)).minusNanos(1000)};
        for (int item = 0; item < times.length; item++) {
            finished(item + 1 + "1", "SUCCESS", null, times[item], 10);
            finished(item + 1 + "2", "FAILED", item == 0 ? "not_owned" : "stalled", times[item], 99);
        }
        finished("9", "CANCELED", null, times[0], 99);
        FinishedService.Lately lately = beans.get(FinishedService.class).lately();
        assertThat(lately.hours()).hasSize(24).extracting(FinishedHour::hour).isSorted().startsWith(times[2]).endsWith(hour);
        assertThat(lately.hours().get(23)).isEqualTo(new FinishedHour(hour, 1, 1, 1, 10));
        assertThat(lately.hours().get(22)).isEqualTo(new FinishedHour(hour.minus(Duration.ofHours(1)), 1, 1, 0, 10));
        assertThat(lately.hours().get(0)).isEqualTo(new FinishedHour(times[2], 1, 1, 0, 10));
        assertThat(lately.hours().subList(1, 22)).allSatisfy(none -> assertThat(none).isEqualTo(new FinishedHour(none.hour(), 0, 0, 0, 0)));
        assertThat(lately.reasons()).containsExactly(new FailureCount("stalled", 2), new FailureCount("not_owned", 1));
        finished("10", "CANCELED", null, times[0], 99);
        assertThat(beans.get(FinishedService.class).lately()).as("kept for a minute").isEqualTo(lately);
    }

    private void finished(String item, String status, String error, Instant at, long bytes) throws Exception {
        UUID id = submit(item, ann);
        beans.transaction(() -> entities().createNativeQuery("update downloads set status = ?1, completed_at = ?2, bytes_total = ?3, error_code = "
                + (error == null ? "null" : "'" + error + "'") + " where id = ?4").setParameter(1, status)
                .setParameter(2, at.atOffset(ZoneOffset.UTC)).setParameter(3, bytes).setParameter(4, id).executeUpdate());
    }

    private UUID submit(String item, Caller owner) {
        return beans.get(SubmitService.class).submit(new SubmitDownload(item, "sandbox", null, null, null), owner).id();
    }

    private Claim claimed() {
        return claims.claim(HERE).orElseThrow();
    }

    private void sql(String statement) throws Exception {
        beans.transaction(() -> entities().createNativeQuery(statement).executeUpdate());
    }

    private EntityManager entities() {
        return beans.get(EntityManager.class);
    }

    private static void demand(Problem problem, ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem()).isEqualTo(problem));
    }
}
