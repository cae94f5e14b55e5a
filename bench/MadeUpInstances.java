import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Instances that are made up: registered with a control plane, and kept alive by a heartbeat of each every ten seconds at an
 * even rate. Who is told that it is unknown registers anew, as any client of a registry does. One server stands for all of
 * their applications: it takes connections, and answers each request with 200.
 */
final class MadeUpInstances implements AutoCloseable {

    private static final int HEARTBEAT_SECONDS = 10;
    private static final int AT_ONCE = 64;
    private static final int REQUEST_MILLIS = 5_000;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n".getBytes(StandardCharsets.US_ASCII);

    /** One of them; versions are of metadata, and {@code v1} where it says none. */
    record Instance(String service, String id, String version) {}

    private final List<Instance> instances;
    private final ServerSocket applications;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** With which control plane, by number, each is registered. */
    private final AtomicIntegerArray registeredWith;

    private final LongAdder beats = new LongAdder();
    private final LongAdder unheard = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private volatile KilledPlane plane;
    private volatile int number = 1;
    private volatile boolean going = true;

    private MadeUpInstances(KilledPlane plane, List<Instance> instances, ServerSocket applications) {
        this.plane = plane;
        this.instances = instances;
        this.applications = applications;
        this.registeredWith = new AtomicIntegerArray(instances.size());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /** Opens their server, and nothing else. */
    static MadeUpInstances of(KilledPlane plane, List<Instance> instances) throws IOException {
        return new MadeUpInstances(
                plane, List.copyOf(instances), new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
    }

    /** Registers all of them, and begins to send heartbeats. */
    void begin() throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        LongAdder failed = new LongAdder();
        for (int i = 0; i < instances.size(); i++) {
            int which = i;
            free.acquire();
            http.sendAsync(registration(instances.get(i)), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> {
                        free.release();
                        if (failure != null || answer.statusCode() != 200) {
                            failed.increment();
                        }
                        registeredWith.set(which, number);
                    });
        }
        free.acquire(AT_ONCE);
        if (failed.sum() > 0) {
            throw new IllegalStateException(failed + " of " + instances.size() + " could not register");
        }
        Thread.ofPlatform().daemon().start(this::beat);
    }

    /** From now on to this control plane, which knows none of them. */
    void moveTo(KilledPlane next) {
        plane = next;
        number++;
    }

    /** Heartbeats that were answered. */
    long beats() {
        return beats.sum();
    }

    /** Heartbeats and registrations that nobody answered. */
    long unheard() {
        return unheard.sum();
    }

    /** Those that were answered by anything but yes, though the instance was registered. */
    long refused() {
        return refused.sum();
    }

    /** Those that were told to come again, since the control plane had more to do than it could: the next beat does. */
    long busy() {
        return busy.sum();
    }

    /** How many have registered anew since the last move. */
    int back() {
        int all = 0;
        for (int i = 0; i < instances.size(); i++) {
            all += registeredWith.get(i) == number ? 1 : 0;
        }
        return all;
    }

    HttpRequest registration(Instance one) {
        return plane.request("/api/v1/services/register")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"service_name\":\"" + one.service()
                        + "\",\"instance_id\":\"" + one.id() + "\",\"host\":\"127.0.0.1\",\"port\":"
                        + applications.getLocalPort() + ",\"metadata\":{\"version\":\"" + one.version() + "\"}}"))
                .build();
    }

    @Override
    public void close() throws IOException {
        going = false;
        applications.close();
    }

    private void beat() {
        long gap = TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS) / instances.size();
        long next = System.nanoTime();
        for (int i = 0; going; i = (i + 1) % instances.size()) {
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            next += gap;
            beat(i);
        }
    }

    private void beat(int which) {
        int to = number;
        Instance one = instances.get(which);
        HttpRequest beat = plane.request("/api/v1/services/" + one.service() + "/heartbeat?instance_id=" + one.id())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        http.sendAsync(beat, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            if (failure != null) {
                unheard.increment();
                return;
            }
            beats.increment();
            if (answer.statusCode() == 404 && registeredWith.get(which) < to) {
                comeBack(which, to);
            } else if (answer.statusCode() == 503) {
                busy.increment();
            } else if (answer.statusCode() / 100 != 2) {
                refused.increment();
            }
        });
    }

    private void comeBack(int which, int to) {
        http.sendAsync(registration(instances.get(which)), HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        unheard.increment();
                    } else if (answer.statusCode() == 200) {
                        registeredWith.set(which, to);
                    } else if (answer.statusCode() == 503) {
                        busy.increment();
                    } else {
                        refused.increment();
                    }
                });
    }

    private void accept() {
        while (!applications.isClosed()) {
            try {
                Socket socket = applications.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                // the run is over
            }
        }
    }

    /** A health check connects and says nothing. */
    private static void answer(Socket socket) {
        try (socket) {
            socket.setSoTimeout(REQUEST_MILLIS);
            InputStream in = socket.getInputStream();
            int matched = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
                if (matched == 4) {
                    socket.getOutputStream().write(ANSWER);
                    return;
                }
            }
        } catch (IOException e) {
            // the caller has gone
        }
    }
}
