package org.wallwhale.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many clients at once. */
final class Crowd {
    static final int CLIENTS = 40;

    private Crowd() {
    }

    /** What one of them does. */
    interface Deed<T> {
        T run(int number) throws Exception;
    }

    /** The results in the order of the numbers from 0, which {@value #CLIENTS} clients share among them. */
    static <T> List<T> each(int times, Deed<T> deed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<T>> tasks = IntStream.range(0, times).<Callable<T>>mapToObj(number -> () -> deed.run(number)).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
