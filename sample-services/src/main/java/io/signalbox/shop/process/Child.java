package io.signalbox.shop.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.shop.web.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One process of the demo, from its start to its end. It reads its task and then orders from its standard input, a line
 * each, and answers each with a line on its standard output, by the order's number; when its input ends, so does it. Safe
 * from any thread.
 */
final class Child {

    static final String READY = "ready";
    static final String DONE = "done";
    static final String FAILED = "failed ";

    private static final Pattern ANSWER = Pattern.compile("(done|failed) (\\d{1,18})(.*)");

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedWriter orders;
    private final CompletableFuture<Map<String, String>> ready = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<String>> unanswered = new ConcurrentHashMap<>();

    @GuardedBy("this")
    private long given;

    @GuardedBy("this")
    private boolean ended;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** @param log takes what it writes on its standard error, behind what is there */
    static Child start(Program program, Task task, Path log) {
        try {
            Child child = new Child(
                    task.name(),
                    log,
                    program.builder(task.name())
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start());
            Thread.ofVirtual().name("demo-process-" + task.name()).start(child::listen);
            child.write(Json.write(task));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(task.name() + ": cannot be started: " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    boolean isReady() {
        return process.isAlive() && ready.isDone() && !ready.isCompletedExceptionally();
    }

    /**
     * Waits until it serves; answers where.
     *
     * @throws IllegalStateException when it ends before, or takes longer
     */
    Map<String, String> awaitReady(Duration longest) {
        try {
            return ready.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable why = e.getCause();
            throw new IllegalStateException(String.valueOf(why == null ? name : why.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    name + ": not ready after " + longest.toSeconds() + " s (its log: " + log + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted", e);
        }
    }

    /**
     * Has an order carried out.
     *
     * @param done runs once it says that it did, be it after {@code longest}
     * @throws IllegalStateException when it refuses, has ended, or gives no answer in time
     */
    void order(String line, Duration longest, Runnable done) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> noted = answer.thenApply(said -> {
            if (DONE.equals(said)) {
                done.run();
            }
            return said;
        });
        String said;
        try {
            give(line, answer);
            said = noted.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException(name + ": " + line + ": has ended (its log: " + log + ")", e);
        } catch (TimeoutException e) {
            said = "no answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted", e);
        }
        if (!DONE.equals(said)) {
            throw new IllegalStateException(name + ": " + line + ": " + said + " (its log: " + log + ")");
        }
    }

    private synchronized void give(String line, CompletableFuture<String> answer) throws IOException {
        if (ended) {
            throw new IOException("its output has ended");
        }
        given++;
        unanswered.put(given, answer);
        write(given + " " + line);
    }

    /** Waits until it has ended; answers its status. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Lets it end in order; ends it after that time. */
    void end(Duration longest) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended by itself.
        }
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void write(String line) throws IOException {
        orders.write(line);
        orders.write('\n');
        orders.flush();
    }

    private void listen() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                heard(line);
            }
        } catch (IOException e) {
            // It has ended, and what it began to say is of no use.
        }
        boolean _ = ready.completeExceptionally(
                new IllegalStateException(name + ": ended before it was ready (its log: " + log + ")"));
        forgetOrders();
    }

    private void forgetOrders() {
        synchronized (this) {
            ended = true;
        }
        for (CompletableFuture<String> answer : unanswered.values()) {
            boolean _ = answer.completeExceptionally(new IOException("its output has ended"));
        }
        unanswered.clear();
    }

    private void heard(String line) {
        if (ready.isDone()) {
            answered(line);
        } else if (line.startsWith(FAILED)) {
            boolean _ = ready.completeExceptionally(new IllegalStateException(
                    name + ": " + line.substring(FAILED.length()) + " (its log: " + log + ")"));
        } else if (line.startsWith(READY)) {
            boolean _ = ready.complete(places(line));
        }
    }

    private void answered(String line) {
        Matcher answer = ANSWER.matcher(line);
        if (answer.matches()) {
            CompletableFuture<String> order = unanswered.remove(Long.parseLong(answer.group(2)));
            if (order != null) {
                boolean _ = order.complete(answer.group(1) + answer.group(3));
            }
        }
    }

    private static Map<String, String> places(String line) {
        Map<String, String> places = new TreeMap<>();
        for (String word : line.split(" ", -1)) {
            @Nullable String[] pair = word.split("=", 2);
            if (pair.length == 2 && pair[0] != null && pair[1] != null) {
                places.put(pair[0], pair[1]);
            }
        }
        return places;
    }
}
