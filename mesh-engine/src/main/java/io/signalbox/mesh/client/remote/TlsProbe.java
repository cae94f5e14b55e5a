package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Fingerprint;
import io.signalbox.mesh.client.remote.ProbeFinding.Stage;
import io.signalbox.mesh.client.remote.ProbeFinding.Trouble;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.HostTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The handshake of a {@link ConnectionProbe}: whether the server is believed, and if not, what it showed. */
final class TlsProbe {

    private final URI address;
    private final int port;
    private final ServerTrust trust;
    private final Ticker ticker;
    private final Duration patience;

    TlsProbe(URI address, int port, ServerTrust trust, Ticker ticker, Duration patience) {
        this.address = address;
        this.port = port;
        this.trust = trust;
        this.ticker = ticker;
        this.patience = patience;
    }

    ProbeFinding run(InetAddress host) {
        long begun = ticker.nanos();
        SSLContext context;
        try {
            context = trust.context();
        } catch (InvalidValueException e) {
            return failed(begun, Trouble.NO_ROOTS, e);
        }
        try (Socket raw = new Socket()) {
            raw.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            raw.setSoTimeout((int) patience.toMillis());
            try (SSLSocket socket = over(context, raw)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setProtocols(HostTls.PROTOCOLS.toArray(String[]::new));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return new ProbeFinding.Passed(
                        Stage.TLS, since(begun), socket.getSession().getProtocol());
            }
        } catch (SocketTimeoutException e) {
            return failed(begun, Trouble.NO_TLS, e);
        } catch (SSLException e) {
            return disbelieved(host, begun, e);
        } catch (IOException e) {
            return failed(begun, Trouble.NO_TLS, e);
        }
    }

    private ProbeFinding disbelieved(InetAddress host, long begun, SSLException refused) {
        Optional<ChangedCertificateException> changed = ChangedCertificateException.in(refused);
        if (changed.isPresent()) {
            return new ProbeFinding.Changed(
                    Stage.TLS,
                    since(begun),
                    changed.get().known(),
                    changed.get().presented());
        }
        if (has(refused, CertificateExpiredException.class) || has(refused, CertificateNotYetValidException.class)) {
            return failed(begun, Trouble.NOT_VALID_NOW, refused);
        }
        if (isOfUnknownAuthority(refused)) {
            Optional<PresentedCertificate> presented = presented(host);
            if (presented.isPresent()) {
                return unknown(begun, presented.get(), refused);
            }
        }
        if (has(refused, CertPathValidatorException.class)) {
            return failed(begun, Trouble.NOT_BELIEVED, refused);
        }
        return failed(begun, has(refused, CertificateException.class) ? Trouble.OTHER_NAME : Trouble.NO_TLS, refused);
    }

    /** Only who has said nothing about whom to believe is asked to compare: a chosen authority is not given up by the way. */
    private ProbeFinding unknown(long begun, PresentedCertificate presented, SSLException refused) {
        return switch (trust) {
            case ServerTrust.JavaRoots _ -> new ProbeFinding.Unknown(Stage.TLS, since(begun), presented);
            case ServerTrust.Known(Fingerprint known) ->
                new ProbeFinding.Changed(Stage.TLS, since(begun), known, presented);
            case ServerTrust.Authorities _ -> failed(begun, Trouble.NOT_BELIEVED, refused);
        };
    }

    /** Whether the chain leads to nobody that is known, and nothing else was wrong with it. */
    private static boolean isOfUnknownAuthority(Throwable refused) {
        return has(refused, CertPathBuilderException.class);
    }

    /** Shakes hands once more and believes nobody, only to see what is shown. */
    private Optional<PresentedCertificate> presented(InetAddress host) {
        ShownCertificates shown = new ShownCertificates();
        try (Socket raw = new Socket()) {
            raw.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            raw.setSoTimeout((int) patience.toMillis());
            try (SSLSocket socket = over(shown.context(), raw)) {
                socket.startHandshake();
            }
        } catch (IOException refusedOnPurpose) {
            return shown.chain().map(PresentedCertificate::of);
        }
        return shown.chain().map(PresentedCertificate::of);
    }

    private SSLSocket over(SSLContext context, Socket raw) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(raw, address.getHost(), port, true);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private Duration since(long begun) {
        return Duration.ofNanos(ticker.nanos() - begun);
    }

    private ProbeFinding.Failed failed(long begun, Trouble trouble, Exception e) {
        return new ProbeFinding.Failed(Stage.TLS, since(begun), trouble, String.valueOf(e.getMessage()));
    }
}
