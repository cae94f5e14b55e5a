import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Rotates certificates, and the root, under traffic.
 *
 * <pre>java bench/rotations/Main.java FOLDER SECONDS REQUESTS_PER_SECOND STREAMS TCP_PER_SECOND COMMAND...</pre>
 *
 * The control plane, the caller's sidecar, and one process with the sidecars of what it calls are processes of their own;
 * the applications are in this one. Certificates live 3 s, so they are renewed every 2 s. Three kinds of traffic go from
 * the storefront's sidecar: requests at an even rate, whatever becomes of earlier ones; gRPC streams that last as long as
 * the run, on which each message must come back; and TCP connections that say a word and hear it again, each of which is a
 * new connection over mutual TLS. In the middle the root is rolled, and the roll must come to its end. Rates rise to what was
 * asked for in the first 20 s, since JVMs that have just started would be overloaded; all of it counts.
 */
final class Main {

    private static final Duration LIFETIME = Duration.ofSeconds(3);
    private static final Duration RISE = Duration.ofSeconds(20);

    private final Mesh mesh;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final LongAdder requests = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final Map<Long, LongAdder> failuresBySecond = new ConcurrentHashMap<>();
    private final long started = System.nanoTime();

    private Main(Mesh mesh) {
        this.mesh = mesh;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> command = Arrays.asList(arguments).subList(5, arguments.length);
        boolean good;
        try (Mesh mesh = new Mesh(Path.of(arguments[0]), command, LIFETIME)) {
            good = new Main(mesh)
                    .run(
                            Duration.ofSeconds(Long.parseLong(arguments[1])),
                            Integer.parseInt(arguments[2]),
                            Integer.parseInt(arguments[3]),
                            Integer.parseInt(arguments[4]));
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(Duration length, int rate, int streams, int perSecond) throws Exception {
        int entry = freePort();
        int line = freePort();
        try (EchoApp catalog = new EchoApp();
                ServerSocket stock = new ServerSocket(0, 256, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> repeat(stock));
            mesh.sidecars(Map.of(
                    "catalog", "app: { port: " + catalog.port() + ", protocol: h2c }\n",
                    "stock", "app: { port: " + stock.getLocalPort() + ", protocol: tcp }\n"));
            mesh.sidecars(Map.of("storefront", "outbound: { port: " + entry + ", tcp: { stock: " + line + " } }\n"));
            URI target = URI.create("http://127.0.0.1:" + entry + "/tea");
            Mesh.await(() -> status(target) == 200, "the first request to pass");
            Mesh.await(() -> word(line).isEmpty(), "the first TCP connection to pass");

            List<LongStream> longStreams = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                longStreams.add(new LongStream(entry));
            }
            Thread load = Thread.ofPlatform().start(() -> evenly(rate, () -> send(target)));
            Thread dial = Thread.ofPlatform().start(() -> evenly(perSecond, () -> connect(line)));
            long begun = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(length.dividedBy(2).toNanos());
            String rolled = mesh.roll();
            long left = length.toNanos() - (System.nanoTime() - begun);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
            going.set(false);
            load.join();
            dial.join();
            TimeUnit.SECONDS.sleep(1);
            long messages = 0;
            for (LongStream stream : longStreams) {
                String why = stream.finish();
                messages += stream.messages();
                if (!why.isEmpty()) {
                    failed("stream: " + why);
                }
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            return report(streams, messages, rolled, seconds);
        }
    }

    private boolean report(int streams, long messages, String rolled, long seconds) throws Exception {
        long failed = failures.values().stream().mapToLong(LongAdder::sum).sum();
        long renewals = mesh.certificates();
        long least = 3 * (seconds / 3);
        System.out.println("requests: " + requests.sum() + ", gRPC streams: " + streams + " with " + messages
                + " messages, TCP connections: " + connections.sum());
        System.out.println("certificates signed for 3 sidecars: " + renewals + " in " + seconds + " s");
        System.out.println("root: " + rolled);
        System.out.println("failed: " + failed + " " + new TreeMap<>(failures));
        if (failed > 0) {
            System.out.println("failed by second: " + new TreeMap<>(failuresBySecond));
        }
        return failed == 0 && rolled.startsWith("rolled") && renewals >= least && requests.sum() > 0;
    }

    private void send(URI target) {
        requests.increment();
        http.sendAsync(request(target), HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            if (failure != null) {
                failed("request: " + failure.getMessage());
            } else if (answer.statusCode() != 200) {
                failed("request: " + answer.statusCode() + " "
                        + answer.headers().firstValue("x-signalbox-cause").orElse(""));
            }
        });
    }

    private void connect(int line) {
        connections.increment();
        Thread.startVirtualThread(() -> {
            String why = word(line);
            if (!why.isEmpty()) {
                failed("tcp: " + why);
            }
        });
    }

    /** Says a word and hears it again; tells what went wrong. */
    private static String word(int line) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), line)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write('t');
            return socket.getInputStream().read() == 't' ? "" : "it was ended";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void repeat(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.startVirtualThread(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException e) {
                        // The caller has heard what it wanted.
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    /** What is slow does not hold the next one up. */
    private void evenly(int perSecond, Runnable work) {
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long begun = System.nanoTime();
        long next = begun;
        while (going.get()) {
            long wait = next - System.nanoTime();
            if (wait > 0) {
                try {
                    TimeUnit.NANOSECONDS.sleep(wait);
                } catch (InterruptedException e) {
                    return;
                }
            }
            double risen = Math.min(1, 0.1 + (double) (next - begun) / RISE.toNanos());
            next += (long) (gap / risen);
            work.run();
        }
    }

    private void failed(String how) {
        failures.computeIfAbsent(how, _ -> new LongAdder()).increment();
        failuresBySecond
                .computeIfAbsent(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started), _ -> new LongAdder())
                .increment();
    }

    private int status(URI target) throws Exception {
        return http.send(request(target), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static HttpRequest request(URI target) {
        return HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(10))
                .header("X-Target-Service", "catalog")
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
