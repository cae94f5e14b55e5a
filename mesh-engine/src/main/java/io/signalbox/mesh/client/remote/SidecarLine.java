package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.SignedCertificate;
import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.CircuitAnswer;
import io.signalbox.mesh.client.attach.CircuitOrder;
import io.signalbox.mesh.client.attach.CircuitQuestion;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.ReadUpdate;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.client.attach.UpdateReader;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.ServiceKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sidecar's connection to the control plane that it is attached to, one of several perhaps. Every failure is a
 * {@link io.signalbox.mesh.client.MeshException}. Safe from any thread.
 */
public final class SidecarLine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SidecarLine.class);

    /** What the pause between two attempts to connect grows to. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Addresses addresses;
    private final RandomGenerator jitter;
    private final UpdateReader updates;
    private final String service;
    private final String instance;
    private volatile HttpCalls http;

    /**
     * @param controlPlanes in the order in which they are tried
     * @param token empty for one whose certificate says who it is
     * @param tls what an {@code https} address must prove; empty for what the system trusts
     * @param jitter spreads the attempts to connect again
     * @param updates of all sidecars of the process
     */
    public SidecarLine(
            List<URI> controlPlanes,
            Optional<AccessToken> token,
            Optional<SSLContext> tls,
            RandomGenerator jitter,
            UpdateReader updates,
            String service,
            String instance) {
        this.addresses = new Addresses(controlPlanes);
        this.http = new HttpCalls(addresses, token, tls);
        this.jitter = jitter;
        this.updates = updates;
        this.service = service;
        this.instance = instance;
    }

    /** What a sidecar is told, in order, on the stream's thread. */
    public interface Listener {

        /** Everything, at first and after each connection that broke. */
        void whole(ReadUpdate update);

        void change(ReadUpdate update);

        void warm(ReadUpdate update);

        void circuit(CircuitOrder order);

        void question(CircuitQuestion question);

        /** Whom to believe from now on. */
        void trust(TrustUpdate update);

        /** What came cannot be read; where it was of the mesh, all is asked for anew. */
        void unreadable(String why);

        /** It connects again by itself. */
        void disconnected(String why);
    }

    /** Follows what the control plane tells, until the answer is closed. */
    public MeshConnection.Subscription follow(ServiceKind kind, Listener listener) {
        String path = "/api/v1/sidecars/config?service=" + HttpCalls.encoded(service) + "&instance="
                + HttpCalls.encoded(instance) + "&kind=" + kind.name().toLowerCase(Locale.ROOT) + "&changes="
                + ChangeForm.DIFFERENCES.wireName();
        EventStream stream = new EventStream(
                () -> http,
                new Updates(path, updates, listener, new AtomicReference<>(""), new AtomicLong(Updates.NOTHING)),
                jitter,
                _ -> {});
        stream.start();
        // What is told goes to the control plane that is listened to.
        Runnable leave = addresses.listen(stream::reconnect);
        return () -> {
            leave.run();
            stream.close();
        };
    }

    /**
     * Calls by a certificate alone from now on; what is under way, the stream above all, ends as it began.
     *
     * @param tls shows the certificate
     */
    public void proveBy(SSLContext tls) {
        replace(new HttpCalls(addresses, Optional.empty(), Optional.of(tls)));
    }

    /** Calls by a token from now on, the same way. */
    public void proveBy(AccessToken token, Optional<SSLContext> tls) {
        replace(new HttpCalls(addresses, Optional.of(token), tls));
    }

    private synchronized void replace(HttpCalls next) {
        HttpCalls before = http;
        http = next;
        before.retire();
    }

    /** Whoever had just looked up the one that retires is not cut off. */
    private <T> T call(Function<HttpCalls, T> work) {
        HttpCalls used = http;
        try {
            return work.apply(used);
        } catch (MeshException e) {
            HttpCalls now = http;
            if (e.kind() != MeshException.Kind.UNAVAILABLE || now.equals(used)) {
                throw e;
            }
            return work.apply(now);
        }
    }

    /** Asks for a certificate. */
    public SignedCertificate sign(String request) {
        return post("/api/v1/identities/sign", Map.of("csr", request, "service", service, "instance", instance))
                .exactly(SignedCertificate.class);
    }

    /** Registers the sidecar's instance, or renews it. */
    public void register(ServiceInstance own) {
        post(
                "/api/v1/services/register",
                Map.of(
                        "service_name", own.serviceName(),
                        "instance_id", own.instanceId(),
                        "host", own.host(),
                        "port", own.port(),
                        "protocol", own.protocol().wireName(),
                        "metadata", own.metadata(),
                        "health", own.health().wireName()));
    }

    public void heartbeat() {
        post(own("/heartbeat"), Map.of());
    }

    public void deregister() {
        call(calls -> calls.delete(own("")));
    }

    public void acknowledge(Acknowledgement now) {
        post("/api/v1/sidecars/acknowledge", now);
    }

    /** @param counted what was counted since this was last called, in the control plane's words */
    public void telemetry(Object counted) {
        post("/api/v1/sidecars/telemetry", counted);
    }

    /** @param happened since this was last called, in the control plane's words */
    public void details(Object happened) {
        post("/api/v1/sidecars/details", happened);
    }

    public void answer(CircuitAnswer answer) {
        post("/api/v1/sidecars/answers", answer);
    }

    @Override
    public synchronized void close() {
        http.close();
    }

    private HttpCalls.Answer post(String path, Object body) {
        return call(calls -> calls.post(path, body));
    }

    private String own(String action) {
        return "/api/v1/services/" + HttpCalls.encoded(service) + action + "?instance_id="
                + HttpCalls.encoded(instance);
    }

    /**
     * Reads what a control plane tells its sidecars. Each change is told once, so one that was missed or not taken ends the
     * connection: the next begins with everything.
     *
     * @param defect the last one, which is logged once
     * @param taken the revision that was taken last on this connection
     */
    private record Updates(
            String path, UpdateReader updates, Listener listener, AtomicReference<String> defect, AtomicLong taken)
            implements EventStream.TextReader {

        private static final long NOTHING = -1;

        @Override
        public String name() {
            return "sidecar-config";
        }

        /** Each connection begins with everything. */
        @Override
        public long lastSeen() {
            return 0;
        }

        @Override
        public Duration longestPause() {
            return LONGEST_PAUSE;
        }

        @Override
        public void event(String name, String data) {
            try {
                switch (name) {
                    case MeshUpdate.MESH -> take(updates.read(data), listener::whole);
                    case MeshUpdate.CHANGE -> take(next(updates.read(data)), listener::change);
                    case MeshUpdate.WARM -> take(next(updates.read(data)), listener::warm);
                    case MeshUpdate.TRUST -> listener.trust(Json.readWhole(data, TrustUpdate.class));
                    case MeshUpdate.CIRCUIT -> listener.circuit(Json.readWhole(data, CircuitOrder.class));
                    case MeshUpdate.AUTOPSY -> listener.question(Json.readWhole(data, CircuitQuestion.class));
                    default -> {
                        // A later control plane may tell more.
                    }
                }
                defect.set("");
            } catch (MalformedJsonException e) {
                listener.unreadable(String.valueOf(e.getMessage()));
                startOver(name, String.valueOf(e.getMessage()));
            } catch (MeshException e) {
                throw e;
            } catch (RuntimeException e) {
                String what = name + ": " + e;
                if (!defect.getAndSet(what).equals(what)) {
                    log.error("{}: {} could not be taken, and what ran goes on", path, name, e);
                }
                listener.unreadable(what);
                startOver(name, what);
            }
        }

        private void take(ReadUpdate update, Consumer<ReadUpdate> taker) {
            taker.accept(update);
            taken.set(update.revision());
        }

        private ReadUpdate next(ReadUpdate update) {
            if (update.revision() != taken.get() + 1) {
                throw new MeshException(
                        MeshException.Kind.FAILED,
                        "a change was missed: revision: " + update.revision() + " (expected: " + (taken.get() + 1)
                                + ")");
            }
            return update;
        }

        /** Of what stands alone nothing would come of it; everything that is unreadable would be so once more. */
        private static void startOver(String name, String why) {
            if (name.equals(MeshUpdate.CHANGE) || name.equals(MeshUpdate.WARM)) {
                throw new MeshException(MeshException.Kind.FAILED, "a change could not be taken: " + why);
            }
        }

        @Override
        public void disconnected(String why) {
            taken.set(NOTHING);
            listener.disconnected(why);
        }
    }
}
