package io.signalbox.mesh.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.attach.Acknowledgement;
import io.signalbox.mesh.client.attach.CircuitAnswer;
import io.signalbox.mesh.client.attach.CircuitOrder;
import io.signalbox.mesh.client.attach.CircuitQuestion;
import io.signalbox.mesh.client.attach.FollowedMesh;
import io.signalbox.mesh.client.attach.LastKnown;
import io.signalbox.mesh.client.attach.ReadUpdate;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.client.remote.SidecarLine;
import io.signalbox.mesh.controlplane.SidecarReport;
import io.signalbox.mesh.controlplane.SidecarTelemetry;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sidecar's tie to a control plane in another process. Whatever becomes of the control plane, the sidecar goes on with
 * what it has.
 *
 * <p>Two threads: the stream's applies what is told, the keeper's does all that may wait: it registers the instance and
 * keeps it alive, acknowledges, tells what was counted, and writes down what runs. They meet under {@code lock}, which no
 * call to the network or the disk is made under.
 */
final class Attachment implements SidecarLine.Listener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Attachment.class);

    /** How often what was counted is told, besides at each connection and with each answer; what runs is told at once. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Sidecar sidecar;
    private final EmbeddedSidecar reports;
    private final Happenings happenings;
    private final SidecarLine line;
    private final Unwritten unwritten;
    private final Registration registration;
    private final Optional<IssuedIdentity> identity;
    private final AttachmentListener listener;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread keeper;
    private final Queue<CircuitAnswer> answers = new ConcurrentLinkedQueue<>();
    private final FollowedMesh followed;
    private final PendingAcknowledgement pending;
    private final Object lock = new Object();
    private MeshConnection.@Nullable Subscription stream;
    private Map<String, ServiceConfig> running;
    private boolean away;
    private String trouble = "";
    private String defect = "";
    private String unread = "";

    @GuardedBy("lock")
    private boolean connected;

    /** Whether it connected since what was counted was told last. */
    private final AtomicBoolean connectedAnew = new AtomicBoolean();

    private volatile boolean closed;

    /**
     * @param first what the sidecar began with
     * @param own what is registered; empty for a sidecar that only calls
     * @param identity that the control plane signs; empty for any other
     */
    Attachment(
            Sidecar sidecar,
            Happenings happenings,
            SidecarLine line,
            FirstWord first,
            LastKnown lastKnown,
            Optional<ServiceInstance> own,
            Optional<IssuedIdentity> identity,
            AttachmentListener listener,
            InstantSource clock,
            Ticker ticker) {
        this.sidecar = sidecar;
        this.happenings = happenings;
        this.reports = new EmbeddedSidecar(sidecar, clock);
        this.followed = first.followed();
        this.running = followed.running();
        this.unwritten = new Unwritten(lastKnown, first.revoked());
        if (first.origin() == FirstWord.Origin.CONTROL_PLANE) {
            unwritten.changed(followed);
        }
        this.line = line;
        this.registration = new Registration(line, own, ticker);
        this.identity = identity;
        this.pending = new PendingAcknowledgement(() -> identity.map(IssuedIdentity::report));
        this.listener = listener;
        this.clock = clock;
        this.ticker = ticker;
        this.keeper = Thread.ofVirtual().name("sidecar-keeper").unstarted(this::keep);
    }

    /** Connects. */
    void start() {
        stream = line.follow(registration.isOfAnInstance() ? ServiceKind.SERVICE : ServiceKind.CLIENT, this);
        keeper.start();
        identity.ifPresent(issued -> issued.follow(new IdentityUser()));
    }

    @Override
    public void whole(ReadUpdate update) {
        away = false;
        followed.whole(update);
        synchronized (lock) {
            connected = true;
        }
        connectedAnew.set(true);
        registration.begin();
        apply();
        listener.attached(instance(), update.revision());
    }

    @Override
    public void change(ReadUpdate update) {
        followed.change(update);
        apply();
    }

    @Override
    public void warm(ReadUpdate update) {
        followed.warm(update.revision());
        apply();
    }

    @Override
    public void circuit(CircuitOrder order) {
        answers.add(reports.obey(order));
        wanted.release();
    }

    @Override
    public void question(CircuitQuestion question) {
        answers.add(reports.answer(question));
        wanted.release();
    }

    @Override
    public void trust(TrustUpdate update) {
        identity.ifPresentOrElse(issued -> issued.trust(update), () -> sidecar.revoke(update.revoked()));
        unwritten.revoked(update.revoked(), followed);
        if (update.revoked().contains(sidecar.spec().service())) {
            listener.trouble(
                    instance(),
                    "the identity of " + sidecar.spec().service() + " is revoked: it gets no"
                            + " certificate any more, and nobody believes the one that it has");
        }
    }

    @Override
    public void unreadable(String why) {
        followed.unreadable(why);
        acknowledge();
        if (!why.equals(unread)) {
            unread = why;
            listener.trouble(instance(), "refused what the control plane told: " + why);
        }
    }

    @Override
    public void disconnected(String why) {
        synchronized (lock) {
            connected = false;
        }
        answers.clear();
        if (!away) {
            away = true;
            listener.away(instance(), why);
        }
    }

    /** Takes the instance out of the mesh, if the control plane hears it; the sidecar goes on until it is closed. */
    @Override
    public void close() {
        closed = true;
        identity.ifPresent(IssuedIdentity::close);
        MeshConnection.Subscription following = stream;
        if (following != null) {
            following.close();
        }
        keeper.interrupt();
        if (registration.isOfAnInstance() && isConnected()) {
            attempt(line::deregister);
        }
        line.close();
    }

    private void apply() {
        unread = "";
        if (applyRunning()) {
            unwritten.changed(followed);
        }
        acknowledge();
    }

    private boolean applyRunning() {
        Map<String, ServiceConfig> next = followed.running();
        if (next.equals(running) && sidecar.config().revision() > 0) {
            return false;
        }
        sidecar.apply(new MeshConfig(sidecar.config().revision() + 1, next));
        running = next;
        return true;
    }

    private void acknowledge() {
        pending.replace(new Acknowledgement(
                sidecar.spec().service(), instance(), followed.revision(), followed.refused(), null));
        wanted.release();
    }

    private void keep() {
        long due = ticker.nanos() + BEAT.toNanos();
        while (!closed) {
            try {
                boolean _ = wanted.tryAcquire(Math.max(0, due - ticker.nanos()), TimeUnit.NANOSECONDS);
                wanted.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
            boolean whole = connectedAnew.getAndSet(false) || due - ticker.nanos() <= 0 || !answers.isEmpty();
            due = whole ? ticker.nanos() + BEAT.toNanos() : due;
            try {
                write();
                if (whole) {
                    beat();
                } else if (isConnected()) {
                    attempt(this::tellWhatRuns);
                }
                defect = "";
            } catch (RuntimeException e) {
                if (!e.toString().equals(defect)) {
                    defect = e.toString();
                    log.error("{}: it stays attached after a defect", instance(), e);
                }
            }
        }
    }

    private void beat() {
        // Counted since the last time; of the time without a control plane nothing is told.
        SidecarReport report = reports.report();
        if (isConnected()) {
            attempt(() -> tell(report));
        }
    }

    private void tellWhatRuns() {
        registration.keep();
        pending.take().ifPresent(this::acknowledge);
    }

    private void tell(SidecarReport report) {
        tellWhatRuns();
        SidecarTelemetry.of(sidecar.spec().service(), instance(), report)
                .pieces()
                .forEach(line::telemetry);
        // After what was counted, so that whoever asked finds the circuits where they were moved to.
        for (CircuitAnswer answer = answers.poll(); answer != null; answer = answers.poll()) {
            line.answer(answer);
        }
        happenings
                .tell(line::details)
                .ifPresentOrElse(why -> say("left out of what happened: " + why), () -> trouble = "");
    }

    private void acknowledge(Acknowledgement next) {
        try {
            line.acknowledge(next);
        } catch (MeshException e) {
            pending.again();
            throw e;
        }
    }

    private void write() {
        try {
            unwritten.write(clock.instant());
        } catch (UncheckedIOException e) {
            say("state: " + e.getMessage());
        }
    }

    /** What fails now is done again at the next beat; the stream tells when the control plane is away. */
    private void attempt(Runnable call) {
        try {
            call.run();
        } catch (MeshException e) {
            if (!e.isPassing()) {
                say(String.valueOf(e.getMessage()));
            }
        }
    }

    private void say(String what) {
        if (!what.equals(trouble)) {
            trouble = what;
            listener.trouble(instance(), what);
        }
    }

    private boolean isConnected() {
        synchronized (lock) {
            return connected;
        }
    }

    /** Shows what was signed, and tells how it stands. */
    private final class IdentityUser implements IssuedIdentity.User {

        @Override
        public void identity(ServiceIdentity next) {
            sidecar.renew(next);
        }

        @Override
        public void revoked(Set<String> services) {
            sidecar.revoke(services);
        }

        @Override
        public void reportable() {
            pending.again();
            wanted.release();
        }

        @Override
        public void renewal(IssuedIdentity.Renewal how) {
            sidecar.metrics().renewed(how == IssuedIdentity.Renewal.OK ? "ok" : "failed");
        }
    }

    private String instance() {
        return sidecar.spec().instanceId();
    }
}
