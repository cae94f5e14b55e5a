package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.NewToken;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenInfo.State;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a control plane gave out, kept as hashes: what is in the store opens nothing.
 *
 * <p>A name is used once, so an entry of the audit log means one token for ever. Safe from any thread: one lock orders
 * the changes, and reading takes none.
 */
public final class AccessTokens implements Following.Follower {

    static final String KEYS = "token/";
    private static final int MOST = 10_000;

    private final Store store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Object lock = new Object();

    /** Written under the lock, read without. */
    private final Map<String, Held> tokens = new ConcurrentHashMap<>();

    /** @param random must be cryptographically strong */
    public AccessTokens(Keeping keeping, AuditLog audit, InstantSource clock, RandomGenerator random) {
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        store = keeping.store();
        store.range(KeyRange.prefix(KEYS)).forEach(this::written);
    }

    /** Takes over a token as it is kept, unless what is known of it is newer. */
    @Override
    public void written(StoreEntry entry) {
        Held read = new Held(StoredJson.read(entry, Stored.class), entry.modified());
        tokens.merge(
                entry.key().substring(KEYS.length()),
                read,
                (known, next) -> known.modified() < next.modified() ? next : known);
    }

    private void reload(String key) {
        store.get(key).filter(entry -> entry.key().startsWith(KEYS)).ifPresent(this::written);
    }

    /** Makes a token that nobody else can tell. */
    public NewToken create(TokenRequest request, ChangeNote note) {
        String secret = AccessToken.generate(random).text();
        return Again.whenChanged(() -> create(request, secret, note), this::reload);
    }

    private NewToken create(TokenRequest request, String secret, ChangeNote note) {
        Instant now = clock.instant();
        synchronized (lock) {
            InvalidValueException.unless(tokens.size() < MOST, "tokens", tokens.size(), "at most " + MOST);
            String name = request.name().orElseGet(() -> madeUp(request.scope()));
            InvalidValueException.unless(!tokens.containsKey(name), "name", name, "a name that no token ever had");
            Stored made = new Stored(
                    request.scope().text(),
                    request.uses(),
                    hash(secret),
                    note.by(),
                    note.reason(),
                    now,
                    now.plus(request.lifetime()),
                    null,
                    null);
            String what = made.scope() + " for " + DurationText.format(request.lifetime())
                    + (request.uses() == TokenInfo.Uses.ONCE ? ", once" : "");
            write(name, made, 0, AuditLog.Change.done(AuditEntry.Kind.TOKEN, name, what), note);
            return new NewToken(made.info(name, now), secret);
        }
    }

    /** Every token that was ever made, the oldest first. */
    public List<TokenInfo> list() {
        Instant now = clock.instant();
        return tokens.entrySet().stream()
                .map(entry -> entry.getValue().stored().info(entry.getKey(), now))
                .sorted(Comparator.comparing(TokenInfo::createdAt).thenComparing(TokenInfo::name))
                .toList();
    }

    /** Ends a token for good; one that is revoked already stays as it is. */
    public TokenInfo revoke(String name, ChangeNote note) {
        return Again.whenChanged(() -> revokeNow(name, note), this::reload);
    }

    private TokenInfo revokeNow(String name, ChangeNote note) {
        synchronized (lock) {
            Held held = Optional.ofNullable(tokens.get(name))
                    .orElseThrow(() -> new UnknownNameException(
                            "token", name, tokens.keySet().stream().sorted().toList()));
            Instant now = clock.instant();
            if (held.stored().revokedAt() != null) {
                return held.stored().info(name, now);
            }
            Stored revoked = held.stored().revoked(now);
            AuditLog.Change change = AuditLog.Change.of(
                    AuditEntry.Kind.TOKEN, name, held.stored().scope(), "revoked");
            write(name, revoked, held.modified(), change, note);
            return revoked.info(name, now);
        }
    }

    /**
     * Writes something together with the end of a token that is good once; nothing if it was used meanwhile.
     *
     * @param commit is given what belongs to the token
     */
    Outcome spend(String name, Function<Transaction, Outcome> commit) {
        synchronized (lock) {
            Held held = Optional.ofNullable(tokens.get(name)).orElseThrow();
            Instant now = clock.instant();
            TokenInfo info = held.stored().info(name, now);
            if (info.state() != State.ACTIVE) {
                throw new TokenEndedException(info);
            }
            Stored used = held.stored().used(now);
            Outcome outcome = commit.apply(
                    Transaction.EMPTY.when(KEYS + name, held.modified()).put(KEYS + name, Json.text(used)));
            switch (outcome) {
                case Outcome.Committed(long revision) -> tokens.put(name, new Held(used, revision));
                case Outcome.Refused refused -> reload(refused.failed().key());
            }
            return outcome;
        }
    }

    /** Whether certificates that were got by a token may be renewed: for ever, unless it is revoked. */
    boolean renews(String name) {
        Held held = tokens.get(name);
        return held != null && held.stored().revokedAt() == null;
    }

    /** Looks at every token, whichever it is, so that the time it takes tells nothing. */
    Doorkeeper.Verdict judge(String presented) {
        byte[] hash = hash(presented).getBytes(StandardCharsets.US_ASCII);
        Doorkeeper.Verdict verdict = new Doorkeeper.Verdict.Unknown();
        for (Map.Entry<String, Held> entry : tokens.entrySet()) {
            Stored stored = entry.getValue().stored();
            if (MessageDigest.isEqual(hash, stored.hash().getBytes(StandardCharsets.US_ASCII))) {
                TokenInfo info = stored.info(entry.getKey(), clock.instant());
                verdict = info.state() == State.ACTIVE
                        ? new Doorkeeper.Verdict.Known(
                                new Caller.Holder(info.name(), TokenScope.parse(info.scope()), info.uses()))
                        : new Doorkeeper.Verdict.Ended(info);
            }
        }
        return verdict;
    }

    private void write(String name, Stored stored, long modified, AuditLog.Change change, ChangeNote note) {
        Transaction transaction = Transaction.EMPTY.when(KEYS + name, modified).put(KEYS + name, Json.text(stored));
        switch (audit.commit(change, note, clock.instant(), transaction)) {
            case Outcome.Committed(long revision) -> tokens.put(name, new Held(stored, revision));
            case Outcome.Refused refused -> throw refused.asChangedByAnother();
        }
    }

    @GuardedBy("lock")
    private String madeUp(TokenScope scope) {
        String stem = scope instanceof TokenScope.Sidecar(String service)
                ? service.substring(0, Math.min(service.length(), 40))
                : scope.text();
        while (true) {
            String name = stem + "-" + HexFormat.of().toHexDigits(random.nextInt());
            if (!tokens.containsKey(name)) {
                return name;
            }
        }
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }

    private record Held(Stored stored, long modified) {}

    /**
     * What the store keeps of a token.
     *
     * @param hash SHA-256 of the secret, which has 256 random bits, so nothing slower is called for
     */
    record Stored(
            String scope,
            TokenInfo.Uses uses,
            String hash,
            String by,
            String reason,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable Instant revokedAt) {

        Stored revoked(Instant at) {
            return new Stored(scope, uses, hash, by, reason, createdAt, expiresAt, usedAt, at);
        }

        Stored used(Instant at) {
            return new Stored(scope, uses, hash, by, reason, createdAt, expiresAt, at, revokedAt);
        }

        TokenInfo info(String name, Instant now) {
            return new TokenInfo(name, scope, uses, state(now), by, reason, createdAt, expiresAt);
        }

        private State state(Instant now) {
            if (revokedAt != null) {
                return State.REVOKED;
            }
            if (usedAt != null) {
                return State.USED;
            }
            return now.isBefore(expiresAt) ? State.ACTIVE : State.EXPIRED;
        }
    }
}
