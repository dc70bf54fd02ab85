package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.cluster.NewsMissed;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.CancelAsked;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.DownloadChanged;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.Phase;
import org.wallwhale.download.Status;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.metrics.Exposition;
import org.wallwhale.metrics.Registry;

/** A worker whose threads are plain ones. */
class WorkerTest {
    @TempDir
    private Path folder;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ExecutorService timers = Executors.newScheduledThreadPool(4);
    private final ExecutorService heart = Executors.newScheduledThreadPool(1);
    private TestDatabase database;
    private Beans beans;
    private Caller owner;
    private Worker worker;

    @BeforeEach
    void open() throws ReflectiveOperationException {
        database = TestDatabase.h2();
        beans = new Beans(database, Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true",
                "wallwhale.worker.slots", "1", "wallwhale.download.lease-seconds", "3600"));
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
        worker = beans.get(Worker.class);
        give("threads", ManagedExecutorService.class, threads);
        give("timers", ManagedScheduledExecutorService.class, timers);
        give("heart", ManagedScheduledExecutorService.class, heart);
    }

    @AfterEach
    void close() {
        worker.stop();
        Stream.of(threads, timers, heart).forEach(ExecutorService::shutdownNow);
        beans.close();
    }

    @Test
    void aDatabaseThatHoldsEveryTimerDoesNotStopTheHeart() throws IOException {
        CountDownLatch slow = new CountDownLatch(1);
        for (int timer = 0; timer < 4; timer++) {
            timers.execute(() -> {
                try {
                    slow.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        worker.start();
        String first = heartbeat();
        await(() -> !heartbeat().equals(first));
        slow.countDown();
    }

    @Test
    void aLateWishToCancelLeavesTheNextRunAlone() {
        worker.start();
        DownloadView download = submit();
        await(() -> status(download) == Status.RUNNING);
        await(() -> {
            worker.onChange(new DownloadChanged(download.id(), owner.userId(), Status.RUNNING, Phase.CANCELING, 0));
            return status(download).isFinished();
        });
        assertThat(status(download)).isEqualTo(Status.SUCCESS);
    }

    /** Events reach nobody here, and leases are renewed every twenty minutes. */
    @Test
    void aWishToCancelThatAnotherInstanceTellsOfEndsTheRun() {
        worker.start();
        DownloadView download = submit("3000000003");
        await(() -> status(download) == Status.RUNNING);
        worker.onNews(new CancelAsked(fence(download)));
        downloads().cancel(download.id(), owner);
        assertThat(status(download)).as("nobody told").isEqualTo(Status.RUNNING);
        worker.onNews(new CancelAsked(fence(download)));
        await(() -> status(download) == Status.CANCELED);
    }

    @Test
    void aWishToCancelThatWasMissedIsFoundWhenEverythingMayHaveChanged() {
        worker.start();
        DownloadView download = submit("3000000003");
        await(() -> status(download) == Status.RUNNING);
        downloads().cancel(download.id(), owner);
        worker.onNews(new NewsMissed());
        await(() -> status(download) == Status.CANCELED);
    }

    @Test
    void newsOfAWishThatIsNotInTheRowCancelNothing() {
        worker.start();
        DownloadView download = submit("3000000000");
        await(() -> {
            worker.onNews(new CancelAsked(fence(download)));
            worker.onNews(new NewsMissed());
            return status(download).isFinished();
        });
        assertThat(status(download)).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aClaimThatIsMadeWhileTheServerStopsIsGivenBack() {
        DownloadView download = submit();
        CompletableFuture<Void> stopping = database.transaction(entities -> {
            entities.createNativeQuery("select last_fence from claim_lock where id = 1 for update").getSingleResult();
            worker.start();
            await(database::someoneWaits);
            Thread stop = new Thread(worker::stop);
            stop.start();
            await(() -> stop.getState() == Thread.State.TIMED_WAITING);
            return CompletableFuture.runAsync(() -> joined(stop));
        });
        stopping.join();
        assertThat(status(download)).isEqualTo(Status.QUEUED);
        assertThat(beans.get(ClaimService.class).claim(new org.wallwhale.download.Holder("there", "boot")).orElseThrow().attempt())
                .as("it was claimed and given back").isEqualTo(2);
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void theMetricShowsHowManyRunHere() {
        DownloadView download = submit();
        worker.start();
        await(() -> active() == 1);
        await(() -> status(download).isFinished());
        await(() -> active() == 0);
    }

    private double active() {
        return Exposition.of(beans.get(Registry.class)).series().get("depot_download_jobs_active");
    }

    private DownloadView submit() {
        return submit("3000000000");
    }

    private DownloadView submit(String item) {
        return beans.get(SubmitService.class).submit(new SubmitDownload(item, "sandbox", null, null, null), owner);
    }

    private Status status(DownloadView download) {
        return downloads().get(download.id(), owner).status();
    }

    private DownloadService downloads() {
        return beans.get(DownloadService.class);
    }

    private long fence(DownloadView download) {
        return database.transaction(entities -> (Number) entities.createNativeQuery("select fence from downloads where id = cast(?1 as uuid)")
                .setParameter(1, download.id().toString()).getSingleResult()).longValue();
    }

    private String heartbeat() {
        try (Stream<Path> files = Files.walk(folder)) {
            return Files.readString(files.filter(file -> file.getFileName().toString().startsWith("heartbeat-")).findFirst().orElseThrow());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private <T> void give(String name, Class<T> type, ExecutorService plain) throws ReflectiveOperationException {
        Field field = Worker.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(worker, Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return method.invoke(plain, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
