import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A control plane in TLS and the sidecars that join it, as processes of their own, by the commands that a person uses. */
final class Mesh implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("ready control-plane=(\\S+) token-file=(\\S+) ca=(.+)");
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");
    private static final Pattern PHASE = Pattern.compile("\"phase\":\"(\\w+)\"");

    private final Path folder;
    private final List<String> command;
    private final List<Process> processes = new ArrayList<>();
    private final URI controlPlane;
    private final String token;
    private final Path ca;

    Mesh(Path folder, List<String> command, Duration lifetime) throws Exception {
        this.folder = folder;
        this.command = command;
        Process process = start(
                "control-plane",
                List.of(
                        "control-plane",
                        "--data",
                        folder.resolve("data").toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--tls",
                        "--certificate-lifetime",
                        lifetime.toSeconds() + "s"));
        Matcher ready = READY.matcher(line(process, "ready "));
        if (!ready.matches()) {
            throw new IllegalStateException("the control plane did not say where it is; see " + folder);
        }
        controlPlane = URI.create(ready.group(1));
        token = Files.readString(Path.of(ready.group(2))).strip();
        ca = Path.of(ready.group(3));
    }

    /** Starts one process with these sidecars, each joined by a token for one use. */
    void sidecars(Map<String, String> documents) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("sidecar"));
        for (Map.Entry<String, String> document : new TreeMap<>(documents).entrySet()) {
            String service = document.getKey();
            Path token = folder.resolve(service + ".token");
            run("token", "create", "--scope", "sidecar:" + service, "--once", "--out", token.toString());
            Path file = folder.resolve(service + ".yaml");
            Files.writeString(
                    file,
                    "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: " + service + "\ncontrolPlane: { url: \""
                            + controlPlane + "\", tokenFile: " + service + ".token, caFile: data/ca.pem }\n"
                            + "identity: { from: controlPlane }\n" + document.getValue());
            arguments.addAll(List.of("-f", file.toString()));
        }
        line(start(String.join("-", new TreeMap<>(documents).keySet()), arguments), "ready ");
    }

    /** Rolls the root, and tells how that went. */
    String roll() throws Exception {
        long begun = System.nanoTime();
        run("ca", "roll", "--overlap", "0s", "--reason", "bench");
        long asked = System.nanoTime();
        List<String> phases = new ArrayList<>();
        try {
            await(
                    () -> {
                        String phase = found(PHASE, body("/api/v1/authority"));
                        if (phases.isEmpty() || !phases.getLast().equals(phase)) {
                            phases.add(phase);
                        }
                        return phase.equals("steady");
                    },
                    "the roll to end");
        } catch (IllegalStateException e) {
            return e.getMessage() + ", after " + phases;
        }
        return "rolled in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked) + " ms, phases " + phases
                + ", the command took " + TimeUnit.NANOSECONDS.toMillis(asked - begun) + " ms";
    }

    /** How many certificates were signed. */
    long certificates() throws Exception {
        return Long.parseLong(found(SEQUENCE, body("/api/v1/identities?limit=1")));
    }

    @Override
    public void close() {
        processes.reversed().forEach(Process::destroyForcibly);
    }

    private void run(String... arguments) throws Exception {
        Process process = process("commands", List.of(arguments));
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " failed; see " + folder);
        }
    }

    private Process start(String name, List<String> arguments) throws IOException {
        Process process = process(name, arguments);
        processes.add(process);
        return process;
    }

    private Process process(String log, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(arguments);
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(log + ".log").toFile()))
                .start();
    }

    /** The first line that begins so; what comes later is read and forgotten. */
    private String line(Process process, String beginning) throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
                return line;
            }
        }
        throw new IllegalStateException("a process did not start; see " + folder);
    }

    /** Asks anew each time, believing the roots of that moment. */
    private String body(String path) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(believing())
                .build()) {
            return client.send(
                            HttpRequest.newBuilder(controlPlane.resolve(path))
                                    .timeout(Duration.ofSeconds(5))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private SSLContext believing() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate root : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(ca)))) {
            store.setCertificateEntry("root-" + store.size(), root);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("answered: " + text);
        }
        return matcher.group(1);
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition, String what) throws Exception {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                // Not there yet.
            }
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
