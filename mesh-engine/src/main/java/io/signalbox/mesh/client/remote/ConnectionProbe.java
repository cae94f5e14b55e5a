package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.remote.ProbeFinding.Stage;
import io.signalbox.mesh.client.remote.ProbeFinding.Trouble;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test of the way to a control plane, stage by stage: name, TCP, TLS, token, version. It ends at the first stage that
 * fails, changes nothing, and shows the token only to a server that is believed. For one thread; blocks.
 */
public final class ConnectionProbe {

    /** Of the interface that this program speaks. */
    public static final String VERSION = "1";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern INFO_VERSION =
            Pattern.compile("(?m)^info:\\s*\\R(?: .*\\R){0,9}? +version: \"?([^\"\\s]+)");
    private static final Pattern TITLE = Pattern.compile("(?m)^ +title: Signalbox control plane\\s*$");

    private final URI address;
    private final ServerTrust trust;
    private final Supplier<Optional<AccessToken>> token;
    private final Ticker ticker;

    /** @param token asked when it is needed, and not before the server is believed */
    public ConnectionProbe(URI address, ServerTrust trust, Supplier<Optional<AccessToken>> token, Ticker ticker) {
        this.address = address;
        this.trust = trust;
        this.token = token;
        this.ticker = ticker;
    }

    /** Whether an address is on this machine, where plain text is nobody else's to read. */
    public static boolean isLoopback(URI address) {
        return LOOPBACK.contains(address.getHost());
    }

    /** Tells each finding as it is there; the last one is a failure, or that of {@link Stage#VERSION}. */
    public void run(Consumer<ProbeFinding> told) {
        Optional<InetAddress> found = name(told);
        if (found.isEmpty() || !reached(found.get(), told)) {
            return;
        }
        if (secured()) {
            ProbeFinding tls = new TlsProbe(address, port(), trust, ticker, PATIENCE).run(found.get());
            told.accept(tls);
            if (!(tls instanceof ProbeFinding.Passed)) {
                return;
            }
        } else if (!plain(told)) {
            return;
        }
        admitted(told);
    }

    private Optional<InetAddress> name(Consumer<ProbeFinding> told) {
        long begun = ticker.nanos();
        try {
            InetAddress found = InetAddress.getByName(address.getHost());
            told.accept(new ProbeFinding.Passed(Stage.NAME, since(begun), found.getHostAddress()));
            return Optional.of(found);
        } catch (UnknownHostException e) {
            told.accept(failed(Stage.NAME, begun, Trouble.NO_SUCH_NAME, String.valueOf(address.getHost())));
            return Optional.empty();
        }
    }

    private boolean reached(InetAddress host, Consumer<ProbeFinding> told) {
        long begun = ticker.nanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port()), (int) PATIENCE.toMillis());
            told.accept(new ProbeFinding.Passed(Stage.TCP, since(begun), Integer.toString(port())));
            return true;
        } catch (SocketTimeoutException e) {
            told.accept(failed(Stage.TCP, begun, Trouble.NO_ANSWER, where(host) + ": no answer in 5 s"));
        } catch (IOException e) {
            told.accept(failed(Stage.TCP, begun, Trouble.REFUSED, where(host) + ": " + e.getMessage()));
        }
        return false;
    }

    private boolean plain(Consumer<ProbeFinding> told) {
        long begun = ticker.nanos();
        if (isLoopback(address)) {
            told.accept(new ProbeFinding.Passed(Stage.TLS, since(begun), ""));
            return true;
        }
        told.accept(failed(Stage.TLS, begun, Trouble.PLAIN, address + " is plain text"));
        return false;
    }

    /** Reads the interface's own description, which needs a token that may read and tells the version. */
    private void admitted(Consumer<ProbeFinding> told) {
        long begun = ticker.nanos();
        Optional<AccessToken> shown = token.get();
        if (shown.isEmpty()) {
            told.accept(failed(Stage.TOKEN, begun, Trouble.NO_TOKEN, "none"));
            return;
        }
        try (HttpCalls http = new HttpCalls(
                Addresses.of(address), shown, secured() ? Optional.of(trust.context()) : Optional.empty())) {
            String description = http.get("/openapi.yaml").body();
            long read = ticker.nanos();
            told.accept(new ProbeFinding.Passed(Stage.TOKEN, Duration.ofNanos(read - begun), ""));
            told.accept(version(description, read));
        } catch (MeshException e) {
            told.accept(failed(Stage.TOKEN, begun, trouble(e), String.valueOf(e.getMessage())));
        }
    }

    private ProbeFinding version(String description, long begun) {
        Matcher version = INFO_VERSION.matcher(description);
        if (!TITLE.matcher(description).find() || !version.find()) {
            return failed(Stage.VERSION, begun, Trouble.NO_CONTROL_PLANE, address + " is something else");
        }
        String found = version.group(1);
        return found.equals(VERSION)
                ? new ProbeFinding.Passed(Stage.VERSION, since(begun), found)
                : failed(Stage.VERSION, begun, Trouble.OTHER_VERSION, "API " + found + " (expected: " + VERSION + ")");
    }

    private static Trouble trouble(MeshException refused) {
        String why = String.valueOf(refused.getMessage());
        return switch (refused.kind()) {
            case FORBIDDEN ->
                why.startsWith("scope:")
                        ? Trouble.TOKEN_TOO_WEAK
                        : why.startsWith("Host") ? Trouble.OTHER_HOST : Trouble.TOKEN_REFUSED;
            case INVALID, NOT_FOUND, CONFLICT, FAILED -> Trouble.NO_CONTROL_PLANE;
            case UNAVAILABLE -> Trouble.NO_ANSWER;
        };
    }

    private boolean secured() {
        return "https".equals(address.getScheme());
    }

    private int port() {
        return address.getPort() >= 0 ? address.getPort() : secured() ? 443 : 80;
    }

    private String where(InetAddress host) {
        return host.getHostAddress() + ":" + port();
    }

    private Duration since(long begun) {
        return Duration.ofNanos(ticker.nanos() - begun);
    }

    private ProbeFinding.Failed failed(Stage stage, long begun, Trouble trouble, String why) {
        return new ProbeFinding.Failed(stage, since(begun), trouble, why);
    }
}
