import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The process with the sidecars, of 64 MB of heap at most, and what it holds. Linux alone. */
final class Watched implements AutoCloseable {

    /** An unused upstream connection is kept for 20 s, then what it held is free. */
    private static final int QUIET_SECONDS = 60;

    private static final Pattern OURS = Pattern.compile("io\\.signalbox\\.mesh\\.proxy\\..*");
    private static final long MEGABYTE = 1024 * 1024;

    /** What the pools of the loops may keep, and some. */
    private static final long BYTES_KEPT = 12 * MEGABYTE;

    private final Process process;
    private final int port;
    private volatile long peak;
    private volatile boolean over;

    private Watched(Process process, int port) {
        this.process = process;
        this.port = port;
        Thread.startVirtualThread(this::watch);
    }

    static Watched start(String name, Path folder, int app, List<String> command) throws Exception {
        List<String> all = new ArrayList<>(command);
        all.add("sidecar");
        for (Path document : documents(name, folder, app)) {
            all.addAll(List.of("-f", document.toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectError(folder.resolve("sidecar.log").toFile());
        builder.environment()
                .merge(
                        "SIGNALBOX_JAVA_OPTS",
                        "-Xmx64m -XX:NativeMemoryTracking=summary",
                        (own, more) -> more + " " + own);
        Process process = builder.start();
        BufferedReader said = process.inputReader();
        String ready = "";
        for (int i = 0; i < (name.equals("h2") ? 2 : 1); i++) {
            ready = said.readLine();
            if (ready == null || !ready.startsWith("ready ")) {
                process.destroy();
                throw new IOException("the sidecar does not start: " + Files.readString(folder.resolve("sidecar.log")));
            }
        }
        Matcher outbound = Pattern.compile("outbound=[^ ]*:(\\d+)").matcher(ready);
        outbound.find();
        return new Watched(process, Integer.parseInt(outbound.group(1)));
    }

    private static List<Path> documents(String name, Path folder, int app) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("app-policy.yaml"), """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: app
            timeout: 1h
            circuitBreaker: { failureThreshold: 1000000, openDuration: 1s }
            retry: { maxAttempts: 1 }
            """);
        String head = "apiVersion: signalbox.io/v1\nkind: Sidecar\n";
        Path caller = folder.resolve("caller.yaml");
        if (!name.equals("h2")) {
            Files.writeString(
                    caller,
                    head + "service: caller\ndefaultService: app\npolicies: [ app-policy.yaml ]\n"
                            + "services: { app: [ { port: " + app + " } ] }\n");
            return List.of(caller);
        }
        Identities.make(folder, "caller", "app");
        int inbound = freePort();
        Path served = folder.resolve("app.yaml");
        Files.writeString(
                served,
                head + "service: app\napp: { port: " + app + " }\ninbound: { port: " + inbound + " }\n"
                        + "identity: { certificate: app.pem, key: app-key.pem, trust: root.pem }\n");
        Files.writeString(
                caller,
                head + "service: caller\ndefaultService: app\npolicies: [ app-policy.yaml ]\n"
                        + "identity: { certificate: caller.pem, key: caller-key.pem, trust: root.pem }\n"
                        + "services: { app: [ { port: " + inbound
                        + ", spiffeId: \"spiffe://bench.signalbox/service/app\" } ] }\n");
        return List.of(served, caller);
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    private void watch() {
        while (!over && process.isAlive()) {
            try {
                peak = Math.max(peak, rssMegabytes());
                Thread.sleep(50);
            } catch (IOException | InterruptedException e) {
                return;
            }
        }
    }

    void forgetPeak() {
        peak = 0;
    }

    long peakMegabytes() {
        return peak;
    }

    long rssMegabytes() throws IOException {
        return status("VmRSS") / 1024;
    }

    private long status(String key) throws IOException {
        try (Stream<String> lines = Files.lines(proc("status"))) {
            return lines.filter(line -> line.startsWith(key + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    private Path proc(String file) {
        return Path.of("/proc/" + process.pid() + "/" + file);
    }

    /** What the JVM counts as other memory, most of it direct buffers. */
    long directMegabytes() throws IOException, InterruptedException {
        Matcher other = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)")
                .matcher(jcmd("VM.native_memory", "summary"));
        return other.find() ? Long.parseLong(other.group(1)) / 1024 : 0;
    }

    /** What is held once nothing goes on any more, and no more than before, if that comes to pass in time. */
    State quiet(State before) throws IOException, InterruptedException {
        State now = state();
        for (int i = 0; i < QUIET_SECONDS; i++) {
            State last = now;
            TimeUnit.SECONDS.sleep(1);
            now = state();
            boolean settled = now.descriptors() == last.descriptors() && i > 24;
            if (before == null
                    ? settled
                    : now.grownSince(before).isEmpty() && now.descriptors() <= before.descriptors()) {
                return now;
            }
        }
        return now;
    }

    private State state() throws IOException, InterruptedException {
        jcmd("GC.run");
        Map<String, Long> instances = new TreeMap<>();
        long arrays = 0;
        Matcher row = Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(\\S+)").matcher(jcmd("GC.class_histogram"));
        while (row.find()) {
            if (OURS.matcher(row.group(3)).matches()) {
                instances.put(row.group(3), Long.parseLong(row.group(1)));
            } else if (row.group(3).equals("[B")) {
                arrays = Long.parseLong(row.group(2));
            }
        }
        try (Stream<Path> descriptors = Files.list(proc("fd"))) {
            return new State(descriptors.count(), status("Threads"), status("VmRSS") / 1024, arrays, instances);
        }
    }

    private String jcmd(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid())));
        command.addAll(List.of(arguments));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return said;
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    record State(long descriptors, long threads, long rssMegabytes, long arrayBytes, Map<String, Long> instances) {

        /** Which classes of the proxy have more instances, and whether byte arrays take more than pools may keep. */
        List<String> grownSince(State start) {
            List<String> grown = new ArrayList<>();
            instances.forEach((name, count) -> {
                long before = start.instances.getOrDefault(name, 0L);
                if (count > before + 16) {
                    grown.add(name + ": " + count + " instances (expected: " + before + ")");
                }
            });
            if (arrayBytes > start.arrayBytes + BYTES_KEPT) {
                grown.add("byte arrays: " + arrayBytes + " bytes (expected: " + start.arrayBytes + ")");
            }
            return grown;
        }

        @Override
        public String toString() {
            long ours = instances.values().stream().mapToLong(Long::longValue).sum();
            return "descriptors " + descriptors + ", threads " + threads + ", RSS " + rssMegabytes + " MB, byte arrays "
                    + arrayBytes / 1024 + " KB, objects of the proxy " + ours;
        }
    }
}
