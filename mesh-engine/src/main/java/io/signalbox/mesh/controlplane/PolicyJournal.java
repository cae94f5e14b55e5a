package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Policies in a store: under {@code policy/SERVICE} where each stands, under {@code revision/SERVICE/NUMBER} what each
 * revision was. Both are written as one, with the entry of the audit log.
 */
final class PolicyJournal {

    static final String HEADS = "policy/";
    private static final String REVISIONS = "revision/";
    private static final String CONFIRMED = "+confirmed revision ";

    private static final int MOST_MISSED = 10;

    private final Store store;
    private final AuditLog audit;
    private final int kept;

    PolicyJournal(Keeping keeping, AuditLog audit) {
        this.store = keeping.store();
        this.kept = keeping.revisions();
        this.audit = audit;
    }

    /** Where every policy stands. */
    Map<String, PolicyHistory> all() {
        Map<String, PolicyHistory> all = new TreeMap<>();
        for (StoreEntry entry : store.range(KeyRange.prefix(HEADS))) {
            read(service(entry)).ifPresent(history -> all.put(service(entry), history));
        }
        return all;
    }

    static String service(StoreEntry head) {
        return head.key().substring(HEADS.length());
    }

    /** Where one policy stands; empty when nobody ever wrote it. */
    Optional<PolicyHistory> read(String service) {
        for (int missed = 0; ; missed++) {
            Optional<StoreEntry> entry = store.get(HEADS + service);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            Head head = StoredJson.read(entry.get(), Head.class);
            try {
                return Optional.of(new PolicyHistory(
                        revision(service, head.revision()),
                        head.earlier(),
                        entry.get().modified(),
                        Optional.ofNullable(head.pending())));
            } catch (MissingRevisionException e) {
                // it may have been replaced since the head was read, which tells of another now
                if (missed == MOST_MISSED) {
                    throw e;
                }
            }
        }
    }

    /** The newest revisions, beginning with the newest, of those before one. */
    List<PolicyRevision> newestFirst(String service, long before, int limit) {
        KeyRange range = KeyRange.prefix(REVISIONS + service + "/").last(limit).below(key(service, before));
        return store.range(range).stream().map(entry -> read(service, entry)).toList();
    }

    PolicyRevision revision(String service, long number) {
        if (number == 0) {
            return PolicyRevision.unwritten(service);
        }
        return store.get(key(service, number))
                .map(entry -> read(service, entry))
                .orElseThrow(() -> new MissingRevisionException(key(service, number)));
    }

    /** Writes where a policy stands from now on; answers the same with the store's revision. */
    PolicyHistory write(PolicyHistory before, PolicyHistory after, AuditEntry.Kind kind) {
        return write(before, after, kind, Transaction.EMPTY);
    }

    /** @param together written with it, or not at all */
    PolicyHistory write(PolicyHistory before, PolicyHistory after, AuditEntry.Kind kind, Transaction together) {
        PolicyRevision next = after.current();
        String service = next.service();
        Transaction transaction = together.when(HEADS + service, before.seen())
                .put(HEADS + service, Json.text(Head.of(after)))
                .put(key(service, next.revision()), Json.text(Stored.of(next)));
        for (long gone : unneeded(before, after)) {
            transaction = transaction.delete(key(service, gone));
        }
        AuditLog.Change change = new AuditLog.Change(
                kind, service, OptionalLong.of(next.revision()), PolicyDiff.of(before.current(), next));
        return committed(audit.commit(change, next.note(), next.at(), transaction), after);
    }

    /** Writes that a change waits no more, with who said so. */
    PolicyHistory settle(PolicyHistory before, PolicyHistory after, ChangeNote note, Instant at) {
        String service = after.current().service();
        Transaction transaction =
                Transaction.EMPTY.when(HEADS + service, before.seen()).put(HEADS + service, Json.text(Head.of(after)));
        AuditLog.Change change = new AuditLog.Change(
                AuditEntry.Kind.CONFIRMATION,
                service,
                OptionalLong.empty(),
                CONFIRMED + after.current().revision());
        return committed(audit.commit(change, note, at, transaction), after);
    }

    private static PolicyHistory committed(Outcome outcome, PolicyHistory after) {
        return switch (outcome) {
            case Outcome.Committed(long revision) -> after.seenAt(revision);
            case Outcome.Refused refused -> throw refused.asChangedByAnother();
        };
    }

    /** What neither the history nor an undo shows from now on. */
    private Set<Long> unneeded(PolicyHistory before, PolicyHistory after) {
        Set<Long> gone = new HashSet<>();
        boolean replaced = after.earlier().equals(before.earlier());
        if (replaced) {
            gone.add(before.current().revision());
        }
        long oldest = after.current().revision() - kept;
        gone.add(oldest);
        before.earlier().stream().filter(number -> number <= oldest).forEach(gone::add);
        after.earlier().forEach(gone::remove);
        after.pending().ifPresent(waiting -> gone.remove(waiting.back()));
        gone.removeIf(number -> number <= 0);
        return gone;
    }

    private static PolicyRevision read(String service, StoreEntry entry) {
        String number = entry.key().substring(entry.key().lastIndexOf('/') + 1);
        return StoredJson.read(entry, Stored.class, stored -> stored.revision(service, Long.parseLong(number)));
    }

    private static String key(String service, long revision) {
        return REVISIONS + service + "/" + Serial.of(revision);
    }

    private static final class MissingRevisionException extends StoreException {
        private static final long serialVersionUID = 1L;

        MissingRevisionException(String key) {
            super("store: " + key + ": nothing (expected: a revision of the policy)");
        }
    }

    /** Where a policy stands. */
    record Head(long revision, List<Long> earlier, PolicyHistory.@Nullable Pending pending) {

        static Head of(PolicyHistory history) {
            return new Head(
                    history.current().revision(),
                    history.earlier(),
                    history.pending().isPresent() ? history.pending().get() : null);
        }
    }

    /**
     * @param stage {@code null} for none
     * @param policy as YAML; {@code null} when the defaults hold again
     */
    record Stored(
            Instant at,
            String by,
            String reason,
            PolicyRevision.Change change,
            @Nullable Weight candidateWeight,
            @Nullable Integer stage,
            @Nullable String policy) {

        static Stored of(PolicyRevision revision) {
            return new Stored(
                    revision.at(),
                    revision.note().by(),
                    revision.note().reason(),
                    revision.change(),
                    revision.candidateWeight().isPresent()
                            ? revision.candidateWeight().get()
                            : null,
                    revision.stage() == PolicyRevision.NO_STAGE ? null : revision.stage(),
                    revision.written() ? PolicyFormat.yaml(revision.policy()) : null);
        }

        PolicyRevision revision(String service, long number) {
            return new PolicyRevision(
                    number,
                    policy == null ? TrafficPolicy.defaults(service) : PolicyFormat.readStored(policy),
                    Optional.ofNullable(candidateWeight),
                    stage == null ? PolicyRevision.NO_STAGE : stage,
                    change,
                    new ChangeNote(by, reason),
                    at);
        }
    }
}
