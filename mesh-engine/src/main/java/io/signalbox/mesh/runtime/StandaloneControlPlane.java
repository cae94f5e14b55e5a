package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.controlplane.AccessTokens;
import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.Identities;
import io.signalbox.mesh.controlplane.Keeping;
import io.signalbox.mesh.controlplane.MeshRoots;
import io.signalbox.mesh.controlplane.Replica;
import io.signalbox.mesh.controlplane.RootKeys;
import io.signalbox.mesh.controlplane.http.ControlPlaneServer;
import io.signalbox.mesh.controlplane.http.Listening;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.metrics.MeshScrape;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.registry.HealthCheckConfig;
import io.signalbox.mesh.registry.HealthChecker;
import io.signalbox.mesh.registry.NetworkProbe;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.scenario.Scenario;
import io.signalbox.mesh.store.FolderLock;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.store.SharedCopy;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.StoreModule;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.SystemScheduler;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.HostTls;
import io.signalbox.mesh.trace.SpanLog;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;

/**
 * The composition of a control plane without sidecars, which keeps everything in a folder. Safe from any thread.
 *
 * <p>The store opens first and closes last but for the clocks, so nothing is served that is not kept. The bearer token
 * and the certificate authority are made once, in the same folder.
 */
public final class StandaloneControlPlane implements AutoCloseable {

    static final String TOKEN = "token";
    private static final String TRUST_DOMAIN = ".signalbox";
    private static final int EVENTS_KEPT = 10_000;

    /** It decides about no request itself: what sidecars tell of theirs is kept apart. */
    private static final int DECISIONS_KEPT = 1;

    private static final int SPANS_KEPT = 4_096;

    private final Deque<Runnable> toClose = new ArrayDeque<>();
    private final ControlPlane controlPlane;
    private final ControlPlaneServer server;
    private final RunningMesh running;
    private final Optional<Replica> replica;

    private StandaloneControlPlane(ControlPlaneOptions options, RunningMeshes meshes) {
        try {
            Ticker ticker = Ticker.system();
            SecureRandom random = new SecureRandom();
            InstantSource clock = InstantSource.system();
            SystemScheduler scheduler = new SystemScheduler("mesh-scheduler");
            toClose.push(scheduler::close);
            Store store = open(options, ticker, scheduler);
            toClose.push(store::close);
            Transaction unrestored = SharedCopy.unrestored(store);
            ServiceRegistry registry = new ServiceRegistry(options.lease(), ticker, clock);
            HealthChecker checker = new HealthChecker(
                    registry,
                    new NetworkProbe(HealthCheckConfig.DEFAULT.timeout()),
                    HealthCheckConfig.DEFAULT,
                    scheduler,
                    new SharedRandom());
            toClose.push(checker::close);
            replica = options.shared()
                    .map(_ -> replica(store, unrestored, new SystemScheduler("replica"), ticker, clock, random));
            Keeping keeping = replica.map(one -> Keeping.shared(store, one)).orElseGet(() -> Keeping.everything(store));
            if (replica.isEmpty()) {
                toClose.push(registry.expireWith(scheduler)::cancel);
            }
            ExecutorService disk = DiskThread.start();
            toClose.push(disk::close);
            HttpWebhooks webhooks = new HttpWebhooks(options.webhooks(), ticker, clock);
            toClose.push(webhooks::close);
            controlPlane = new ControlPlane(
                    options.name(),
                    ticker,
                    clock,
                    scheduler,
                    disk,
                    registry,
                    new EventLog(clock, EVENTS_KEPT),
                    new DecisionLog(DECISIONS_KEPT, DECISIONS_KEPT),
                    new SpanLog(SPANS_KEPT, ticker),
                    new MirrorLog(),
                    keeping,
                    webhooks);
            toClose.push(controlPlane::close);
            AccessTokens tokens = new AccessTokens(keeping, controlPlane.audit(), clock, random);
            Path tokenFile = options.data().resolve(TOKEN);
            AccessToken token = token(tokenFile);
            String trustDomain = options.name() + TRUST_DOMAIN;
            RootKeys keys = replica.isPresent()
                    ? SharedRootKeys.open(store, unrestored, options.data(), token, trustDomain, clock, random)
                    : AuthorityFiles.open(options.data(), trustDomain, clock, random);
            Identities identities = new Identities(
                    keeping,
                    controlPlane.audit(),
                    tokens,
                    controlPlane.events(),
                    keys,
                    clock,
                    options.certificateLifetime());
            toClose.push(identities.follow(controlPlane.attached(), scheduler)::cancel);
            if (replica.isPresent()) {
                toClose.push(identities.followOthers());
            }
            server = ControlPlaneServer.start(
                    controlPlane,
                    new Doorkeeper(token, Optional.of(tokens), Optional.of(identities)),
                    listening(options.listen(), identities.roots(), clock),
                    (out, format) -> MeshScrape.write(out, format, List.of()));
            toClose.push(server::close);
            replica.ifPresent(one -> one.start(server.uri()));
            running = new RunningMesh(
                    meshes.freeName(options.name()),
                    server.uri(),
                    tokenFile,
                    ProcessHandle.current().pid(),
                    options.listen()
                            .tls()
                            .filter(Listen.OwnAuthority.class::isInstance)
                            .map(_ -> options.data().resolve(AuthorityFiles.ROOT)));
            meshes.publish(running);
            toClose.push(() -> meshes.withdraw(running));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens the store and serves.
     *
     * @param meshes where word of it is left, so that commands find it
     * @throws io.signalbox.mesh.store.StoreException when the folder cannot be used
     */
    public static StandaloneControlPlane start(ControlPlaneOptions options, RunningMeshes meshes) {
        return new StandaloneControlPlane(options, meshes);
    }

    /** Lets it show and drive a demo that runs elsewhere. */
    public void attach(Scenario scenario) {
        controlPlane.scenario().attach(scenario);
    }

    public URI uri() {
        return server.uri();
    }

    /** Holds the root to believe, if it is served in TLS by a certificate of its own authority. */
    public Optional<Path> ca() {
        return running.ca();
    }

    public Path tokenFile() {
        return running.tokenFile();
    }

    /** Has why, when it is of no use any more, since a backup was restored into what it shares. */
    public CompletableFuture<StoreException> restored() {
        return replica.map(Replica::restored).orElseGet(CompletableFuture::new);
    }

    /** Ends streams, stops serving, and closes the store. */
    @Override
    public void close() {
        for (Runnable next = toClose.poll(); next != null; next = toClose.poll()) {
            next.run();
        }
    }

    private Store open(ControlPlaneOptions options, Ticker ticker, SystemScheduler scheduler) {
        if (options.shared().isEmpty()) {
            return LocalStore.open(options.data(), ticker, scheduler);
        }
        toClose.push(FolderLock.take(options.data())::close);
        return StoreModule.shared(options.shared().get(), ticker);
    }

    private Replica replica(
            Store store,
            Transaction unrestored,
            SystemScheduler scheduler,
            Ticker ticker,
            InstantSource clock,
            SecureRandom random) {
        toClose.push(scheduler::close);
        Replica made = new Replica(store, unrestored, Replica.newId(random), scheduler, ticker, clock);
        toClose.push(made::close);
        return made;
    }

    private static Listening listening(Listen listen, MeshRoots roots, InstantSource clock) {
        Optional<SSLContext> tls = listen.tls()
                .map(kind -> switch (kind) {
                    case Listen.OwnAuthority _ -> HostTls.issuedBy(roots::host, listen.certified(), clock);
                    case Listen.Files files -> files.certificate(clock);
                })
                .map(source -> HostTls.server(source, roots::trust, clock));
        return new Listening(listen.host(), listen.port(), listen.names(), tls);
    }

    private static AccessToken token(Path file) {
        if (Files.exists(file)) {
            return AccessToken.read(file);
        }
        AccessToken made = AccessToken.generate(new SecureRandom());
        made.write(file);
        return made;
    }
}
