package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.CertificateInfo.State;
import io.signalbox.mesh.client.SignedCertificate;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.tls.PeerIdentity;
import io.signalbox.mesh.tls.Purpose;
import io.signalbox.mesh.tls.ServiceIdentity;
import io.signalbox.mesh.tls.SigningRequest;
import io.signalbox.mesh.tls.SpiffeId;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that a control plane signs for the services of its mesh, each written down before it is handed out.
 *
 * <p>Safe from any thread: one lock orders the signing, before those of the tokens and of the audit log; asking who a
 * member is takes none.
 */
public final class Identities implements Following.Follower {

    /** How long a certificate is good unless told otherwise. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    static final String KEYS = "certificate/";

    /** How long a certificate that has ended is told of. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int SWEPT_AT_ONCE = 4;

    private final Store store;
    private final AuditLog audit;
    private final AccessTokens tokens;
    private final EventLog events;
    private final MeshRoots roots;
    private final Revocations revocations;
    private final RootRoll roll;
    private final InstantSource clock;
    private final Duration lifetime;
    private final Object lock = new Object();

    /** Those that have not ended, by serial; written under the lock, read without. */
    private final Map<String, Stored> good = new ConcurrentHashMap<>();

    /** The same, the one that ends first in front. */
    @GuardedBy("lock")
    private final Queue<Stored> ends = new PriorityQueue<>(Comparator.comparing(Stored::notAfter));

    @GuardedBy("lock")
    private long last;

    /** @param lifetime of each certificate, from a second to a week */
    public Identities(
            Keeping keeping,
            AuditLog audit,
            AccessTokens tokens,
            EventLog events,
            RootKeys keys,
            InstantSource clock,
            Duration lifetime) {
        InvalidValueException.unless(
                lifetime.compareTo(SHORTEST) >= 0 && lifetime.compareTo(LONGEST) <= 0,
                "lifetime",
                lifetime,
                "1s to 168h");
        this.store = keeping.store();
        this.audit = audit;
        this.tokens = tokens;
        this.events = events;
        this.clock = clock;
        this.lifetime = lifetime;
        this.roots = new MeshRoots(store, audit, keys, clock);
        this.revocations = new Revocations(keeping, audit, clock, this::tell);
        this.roll = new RootRoll(roots, revocations, this, keeping.leadership(), clock);
        store.range(KeyRange.prefix(KEYS)).forEach(this::written);
    }

    /** Takes over a certificate as it is kept, whoever signed it. */
    @Override
    public void written(StoreEntry entry) {
        Stored stored = read(entry);
        synchronized (lock) {
            last = Math.max(last, stored.sequence());
            Instant now = clock.instant();
            if (now.isBefore(stored.notAfter())) {
                hold(stored, now);
            }
        }
    }

    /** Takes one up, and leaves out those that have ended. */
    @GuardedBy("lock")
    private void hold(Stored stored, Instant now) {
        for (Stored first = ends.peek(); first != null && !now.isBefore(first.notAfter()); first = ends.peek()) {
            good.remove(first.serial());
            ends.remove();
        }
        if (good.put(stored.serial(), stored) == null) {
            ends.add(stored);
        }
    }

    /** Follows what other control planes write, until the answer is run. */
    public Runnable followOthers() {
        List<Following> all = List.of(
                Following.start(store, KEYS, this),
                Following.start(store, AccessTokens.KEYS, tokens),
                Following.start(store, Revocations.KEYS, revocations),
                Following.start(store, MeshRoots.KEY, roll));
        return () -> all.forEach(Following::close);
    }

    private void reload(String key) {
        roll.reload(key);
        revocations.reload(key);
        store.range(KeyRange.prefix(KEYS).last(1)).forEach(this::written);
    }

    /** Tells sidecars whom to believe from now on, until the answer is called off. */
    public Scheduler.Cancellable follow(AttachedSidecars attached, Scheduler scheduler) {
        return roll.follow(attached, scheduler);
    }

    public MeshRoots roots() {
        return roots;
    }

    public RootRoll roll() {
        return roll;
    }

    public Revocations revocations() {
        return revocations;
    }

    /**
     * What is asked for.
     *
     * @param csr PEM of PKCS #10
     * @param instance as the workload calls itself, for whoever reads the list
     */
    public record Request(String csr, String service, Optional<String> instance) {

        public Request {
            Names.service("service", service);
            instance.ifPresent(id -> Names.instance("instance", id));
        }
    }

    /**
     * Signs a certificate for a service, and uses up a token that is good once.
     *
     * @throws TokenEndedException when that was used meanwhile
     */
    public SignedCertificate sign(Caller caller, Request request, ChangeNote note) {
        requireOwn(caller.scope(), request.service());
        SpiffeId id = SpiffeId.ofService(roots.trustDomain(), request.service());
        SigningRequest csr = SigningRequest.read(request.csr(), id);
        return Again.whenChanged(() -> sign(caller, request, csr, note), this::reload);
    }

    private SignedCertificate sign(Caller caller, Request request, SigningRequest csr, ChangeNote note) {
        SpiffeId id = SpiffeId.ofService(roots.trustDomain(), request.service());
        synchronized (lock) {
            Instant now = clock.instant();
            if (revocations.contains(request.service())) {
                throw new IdentityRevokedException(request.service());
            }
            MeshRoots.Signing signing = roots.signing();
            X509Certificate leaf = signing.signer().sign(csr, id, lifetime);
            Stored made = new Stored(
                    last + 1,
                    leaf.getSerialNumber().toString(16),
                    id.toString(),
                    request.service(),
                    request.instance().isPresent() ? request.instance().get() : null,
                    note.by(),
                    origin(caller),
                    now,
                    leaf.getNotAfter().toInstant());
            keep(caller, made, note, signing.unchanged());
            hold(made, now);
            last = made.sequence();
            events.append(new MeshEvent.CertificateIssued(
                    made.service(), request.instance().orElse("-"), made.id(), made.notAfter()));
            return new SignedCertificate(
                    made.id(),
                    made.serial(),
                    ServiceIdentity.pem(leaf),
                    signing.bundle().pem(),
                    signing.bundle().revision(),
                    made.notAfter(),
                    now.plus(lifetime.multipliedBy(2).dividedBy(3)));
        }
    }

    /** The newest of those that are told of, beginning with the newest, of those before a sequence. */
    public List<CertificateInfo> newestFirst(long before, int limit) {
        Instant now = clock.instant();
        return store.range(KeyRange.prefix(KEYS).last(limit).below(key(before))).stream()
                .map(entry -> info(read(entry), now))
                .toList();
    }

    /**
     * Who shows a chain, leaf first, if it is one that was signed here, is good now, and may be renewed.
     *
     * @throws CertificateException with the reason, when it is not
     */
    public Caller.Member member(X509Certificate[] chain) throws CertificateException {
        SpiffeId id = PeerIdentity.verify(chain, roots.trust(), Purpose.CLIENT, clock.instant())
                .id();
        Stored stored = good.get(chain[0].getSerialNumber().toString(16));
        if (stored == null || !stored.id().equals(id.toString())) {
            throw new CertificateException("certificate: " + id + " (expected: one that this control plane signed)");
        }
        if (revocations.contains(stored.service())) {
            throw new CertificateException("certificate: " + id + " (expected: an identity that is not revoked)");
        }
        if (!tokens.renews(stored.origin())) {
            throw new CertificateException(
                    "certificate: " + id + " (expected: one that was got by a token that is not revoked)");
        }
        return new Caller.Member(stored.id(), stored.service(), stored.origin());
    }

    /** Does something while nothing is signed, by nobody; it is given the number of the last certificate. */
    void between(LongConsumer work) {
        Again.whenChanged(
                () -> {
                    synchronized (lock) {
                        work.accept(last);
                        return last;
                    }
                },
                this::reload);
    }

    /** What is written only as long as nothing more is signed. */
    static Transaction after(long last) {
        return Transaction.EMPTY.when(key(last + 1), 0);
    }

    /**
     * How many certificates are good whose holders may not know what was told after one of them was signed.
     *
     * @param last the number of that one: later certificates came with it
     * @param informed serials of those whose holders do know
     */
    long unaware(long last, Set<String> informed) {
        Instant now = clock.instant();
        Set<List<String>> since = good.values().stream()
                .filter(stored -> stored.sequence() > last && stored.instance() != null)
                .map(Identities::holder)
                .collect(Collectors.toSet());
        return goodUpTo(last, now)
                .filter(stored -> !informed.contains(stored.serial())
                        && (stored.instance() == null || !since.contains(holder(stored))))
                .count();
    }

    /** Whether the good certificate of that serial was signed for that service, and for that instance if for one. */
    boolean isOf(String serial, String service, String instance) {
        Stored stored = good.get(serial);
        return stored != null
                && stored.service().equals(service)
                && (stored.instance() == null || stored.instance().equals(instance));
    }

    /** How many of the certificates up to a number are good. */
    long goodUpTo(long last) {
        return goodUpTo(last, clock.instant()).count();
    }

    private Stream<Stored> goodUpTo(long last, Instant now) {
        return good.values().stream().filter(stored -> stored.sequence() <= last && now.isBefore(stored.notAfter()));
    }

    private static List<String> holder(Stored stored) {
        return List.of(stored.service(), String.valueOf(stored.instance()));
    }

    private void tell() {
        roll.tell();
    }

    private static void requireOwn(TokenScope scope, String service) {
        boolean own = switch (scope) {
            case TokenScope.Admin _ -> true;
            case TokenScope.Sidecar(String name) -> name.equals(service);
            case TokenScope.Operate _, TokenScope.Read _ -> false;
        };
        if (!own) {
            throw new IllegalStateException("A caller came by the guard: " + scope.text() + " for " + service);
        }
    }

    private static String origin(Caller caller) {
        return switch (caller) {
            case Caller.Owner _ -> "";
            case Caller.Holder holder -> holder.token();
            case Caller.Member member -> member.origin();
        };
    }

    private void keep(Caller caller, Stored made, ChangeNote note, Transaction together) {
        AuditLog.Change change = AuditLog.Change.done(
                AuditEntry.Kind.IDENTITY, made.service(), "certificate " + made.serial() + " until " + made.notAfter());
        Transaction kept = swept(made.issuedAt())
                .and(together)
                .and(Revocations.unless(made.service()))
                .when(key(made.sequence()), 0)
                .put(key(made.sequence()), Json.text(made));
        boolean once = caller instanceof Caller.Holder holder && holder.uses() == TokenInfo.Uses.ONCE;
        Outcome outcome = once
                ? tokens.spend(made.origin(), spent -> audit.commit(change, note, made.issuedAt(), kept.and(spent)))
                : audit.commit(change, note, made.issuedAt(), kept);
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.asChangedByAnother();
        }
    }

    /** Forgets a few of those that ended long ago, so that what is kept does not grow for ever. */
    private Transaction swept(Instant now) {
        KeyRange all = KeyRange.prefix(KEYS);
        Transaction sweep = Transaction.EMPTY;
        for (StoreEntry entry :
                store.range(new KeyRange(all.from(), all.before(), SWEPT_AT_ONCE, KeyRange.Order.ASCENDING))) {
            if (read(entry).notAfter().plus(KEPT).isBefore(now)) {
                sweep = sweep.delete(entry.key());
            }
        }
        return sweep;
    }

    private CertificateInfo info(Stored stored, Instant now) {
        State state = State.ACTIVE;
        if (!now.isBefore(stored.notAfter())) {
            state = State.EXPIRED;
        } else if (!tokens.renews(stored.origin()) || revocations.contains(stored.service())) {
            state = State.ENDING;
        }
        return new CertificateInfo(
                stored.sequence(),
                stored.serial(),
                stored.id(),
                stored.service(),
                stored.instance(),
                stored.by(),
                stored.origin(),
                stored.issuedAt(),
                stored.notAfter(),
                state);
    }

    private static Stored read(StoreEntry entry) {
        return StoredJson.read(entry, Stored.class);
    }

    private static String key(long sequence) {
        return KEYS + Serial.of(sequence);
    }

    /** What the store keeps of a certificate. */
    record Stored(
            long sequence,
            String serial,
            String id,
            String service,
            @Nullable String instance,
            String by,
            String origin,
            Instant issuedAt,
            Instant notAfter) {}
}
