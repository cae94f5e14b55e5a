package io.signalbox.console.security;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.AuthorizationStatus.ServiceAccess;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.SeenCalls;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Who may call whom, who was denied, and the certificates, read every two seconds while it is shown; and rules made from
 * what was seen. Belongs to the user-interface thread.
 */
public final class SecurityViewModel {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Commands commands;
    private final String by;
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ReadOnlyObjectWrapper<Optional<AuthorizationStatus>> status =
            new ReadOnlyObjectWrapper<>(this, "status", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<RuleDraft>> made =
            new ReadOnlyObjectWrapper<>(this, "made", Optional.empty());
    private final ReadOnlyObjectWrapper<@Nullable String> failure = new ReadOnlyObjectWrapper<>(this, "failure", null);
    private final KeyedRows<Access.Key, Access, Live<Access>> access =
            new KeyedRows<>(Access::key, Live::new, Live::set);
    private final KeyedRows<List<String>, SeenCalls, Live<SeenCalls>> denied =
            new KeyedRows<>(SecurityViewModel::key, Live::new, Live::set);
    private final KeyedRows<String, CertificateInfo, Live<CertificateInfo>> certificates =
            new KeyedRows<>(CertificateInfo::serial, Live::new, Live::set);
    private List<CertificateInfo> known = List.of();
    private boolean asking;
    private Instant asked = Instant.MIN;

    /** @param by whose name the changes carry */
    public SecurityViewModel(Commands commands, String by) {
        this.commands = commands;
        this.by = by;
        filter.subscribe(typed -> follow());
    }

    private record Told(AuthorizationStatus status, List<CertificateInfo> certificates) {}

    public StringProperty filter() {
        return filter;
    }

    ReadOnlyObjectProperty<Optional<AuthorizationStatus>> status() {
        return status.getReadOnlyProperty();
    }

    /** The newest rule that was made here and not taken back. */
    ReadOnlyObjectProperty<Optional<RuleDraft>> made() {
        return made.getReadOnlyProperty();
    }

    /** Why the mesh did not say it, or {@code null}. */
    public ReadOnlyObjectProperty<@Nullable String> failure() {
        return failure.getReadOnlyProperty();
    }

    ObservableList<Live<Access>> access() {
        return access.rows();
    }

    ObservableList<Live<SeenCalls>> denied() {
        return denied.rows();
    }

    ObservableList<Live<CertificateInfo>> certificates() {
        return certificates.rows();
    }

    /** How many there are of each kind, whatever the filter leaves. */
    int total(Part part) {
        return switch (part) {
            case ACCESS, MATRIX ->
                status.get()
                        .map(now -> now.services().stream()
                                .mapToInt(service -> service.callers().size() + 1)
                                .sum())
                        .orElse(0);
            case DENIED -> status.get().map(now -> denials(now).size()).orElse(0);
            case IDENTITIES -> known.size();
        };
    }

    public void update(MeshSnapshot snapshot) {
        if (!asking && !asked.plus(PAUSE).isAfter(snapshot.at())) {
            asked = snapshot.at();
            read();
        }
    }

    /** Asks the mesh again. */
    public void read() {
        if (asking) {
            return;
        }
        asking = true;
        commands.fetch(
                mesh -> new Told(mesh.authorization(), mesh.identities()),
                told -> {
                    asking = false;
                    failure.set(null);
                    known = told.certificates();
                    status.set(Optional.of(told.status()));
                    follow();
                },
                failed -> {
                    asking = false;
                    failure.set(failed.message());
                });
    }

    /** Makes a rule and has it checked; nothing changes yet. */
    void draft(RuleDraft.Wish wish, Consumer<RuleDraft> checked, Consumer<Outcome> refused) {
        commands.fetch(mesh -> RuleDraft.of(mesh, wish), checked, refused::accept);
    }

    /** Puts a rule in force, unless the policy changed since it was made. */
    void apply(RuleDraft draft, String reason, Consumer<Outcome> ended) {
        commands.run(
                mesh -> mesh.putPolicy(draft.yaml(), OptionalLong.of(draft.revision()), new ChangeNote(by, reason)),
                outcome -> {
                    if (outcome instanceof Outcome.Done) {
                        made.set(Optional.of(draft));
                    }
                    ended.accept(outcome);
                    read();
                });
    }

    /** Takes back the rule that was made here last, unless the policy changed since. */
    void undo(RuleDraft draft, String reason, Consumer<Outcome> ended) {
        commands.run(
                mesh -> {
                    OptionalLong seen = unchanged(mesh, draft);
                    mesh.undo(draft.service(), seen, new ChangeNote(by, reason));
                },
                outcome -> {
                    made.set(Optional.empty());
                    ended.accept(outcome);
                    read();
                });
    }

    /** The revision that holds what the draft says; anything else is refused. */
    private static OptionalLong unchanged(MeshConnection mesh, RuleDraft draft) {
        MeshConnection.PolicyText holds = mesh.policy(draft.service());
        if (!holds.yaml().equals(draft.yaml())) {
            throw new MeshException(
                    MeshException.Kind.CONFLICT,
                    "policy of " + draft.service() + ": changed since (expected: the one that "
                            + draft.rule().name() + " was added to)");
        }
        return OptionalLong.of(holds.revision());
    }

    private void follow() {
        String typed = filter.get().strip().toLowerCase(Locale.ROOT);
        List<Access> all = new ArrayList<>();
        List<SeenCalls> refusals = new ArrayList<>();
        status.get().ifPresent(now -> {
            for (ServiceAccess service : now.services()) {
                service.callers().forEach(caller -> all.add(Access.of(service, caller)));
                all.add(Access.ofOthers(service));
            }
            refusals.addAll(denials(now));
        });
        access.follow(all.stream()
                .filter(row -> takes(typed, row.service(), row.source()))
                .toList());
        denied.follow(refusals.stream()
                .filter(row -> takes(typed, row.service(), row.source(), row.path(), row.rule()))
                .toList());
        certificates.follow(known.stream()
                .filter(row -> takes(typed, row.service(), row.id(), String.valueOf(row.instance())))
                .toList());
    }

    private static List<SeenCalls> denials(AuthorizationStatus status) {
        return status.seen().stream()
                .filter(calls -> calls.decision() != AccessDecision.ALLOWED)
                .toList();
    }

    private static boolean takes(String typed, String... fields) {
        return typed.isEmpty()
                || String.join(" ", fields).toLowerCase(Locale.ROOT).contains(typed);
    }

    private static List<String> key(SeenCalls calls) {
        return List.of(
                calls.service(),
                calls.source(),
                String.valueOf(calls.identity()),
                calls.decision().name(),
                calls.rule());
    }
}
