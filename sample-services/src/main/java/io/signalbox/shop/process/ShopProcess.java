package io.signalbox.shop.process;

import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.runtime.AttachmentListener;
import io.signalbox.shop.web.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inside of a process of the demo: reads what it is to be, is that, and carries out orders until its input ends, which
 * it does at the latest when the process that started it is gone.
 */
public final class ShopProcess {

    /** The first argument of the program that makes it one. */
    public static final String WORD = Program.WORD;

    private static final Logger log = LoggerFactory.getLogger(ShopProcess.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(8);

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final RunningMeshes meshes;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param meshes where a control plane leaves word of itself */
    public ShopProcess(BufferedReader in, PrintStream out, PrintStream err, RunningMeshes meshes) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.meshes = meshes;
    }

    public static ShopProcess ofStandardStreams(RunningMeshes meshes) {
        return new ShopProcess(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                System.out,
                System.err,
                meshes);
    }

    /** Runs until its input ends; answers the exit status. */
    public int run() {
        try {
            Task task = Json.read(line(), Task.class);
            return run(task);
        } catch (RuntimeException e) {
            log.error("It did not start", e);
            out.println(Child.FAILED + firstLine(e));
            return 1;
        }
    }

    private int run(Task task) {
        // From before it starts: whoever started it may be gone by then.
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("orders").start(() -> listen(orders));
        try (Role role = role(task)) {
            StringBuilder ready = new StringBuilder(Child.READY);
            role.places()
                    .forEach((word, place) ->
                            ready.append(' ').append(word).append('=').append(place));
            out.println(ready);
            while (ended.getCount() > 0 || !orders.isEmpty()) {
                String order = orders.take();
                if (!order.isEmpty()) {
                    out.println(answer(role, order));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private Role role(Task task) {
        AttachmentListener words = new AttachmentLog(err);
        InstantSource clock = InstantSource.system();
        return switch (task.part()) {
            case CONTROL_PLANE -> new ControlPlaneRole(task, meshes);
            case SHOPPERS -> new ShoppersRole(task, words, clock);
            case INSTANCE -> new InstanceRole(task, words, clock);
        };
    }

    /** @param line the order behind its number, by which it is answered */
    private static String answer(Role role, String line) {
        String[] parts = line.split(" ", 2);
        String number = parts[0];
        String order = parts.length == 2 ? parts[1] : "";
        try {
            role.obey(List.of(order.split(" ", -1)));
            return Child.DONE + " " + number;
        } catch (RuntimeException e) {
            log.error("{}", order, e);
            return Child.FAILED + number + " " + firstLine(e);
        }
    }

    private void listen(BlockingQueue<String> orders) {
        try {
            for (String order = in.readLine(); order != null; order = in.readLine()) {
                orders.add(order);
            }
        } catch (IOException e) {
            log.warn("The process that started this one cannot be heard any more", e);
        }
        ended.countDown();
        orders.add("");
        try {
            if (!closed.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String line() {
        try {
            String line = in.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    }
}
