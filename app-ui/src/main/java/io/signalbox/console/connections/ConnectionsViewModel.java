package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.SecretPlace;
import io.signalbox.mesh.client.Fingerprint;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.remote.ConnectionProbe;
import io.signalbox.mesh.client.remote.ProbeFinding;
import io.signalbox.mesh.client.remote.ServerTrust;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.Ticker;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The profiles, the chosen one, and the test of it. Belongs to the FX thread; files and the network are read elsewhere. */
final class ConnectionsViewModel {

    private final ConnectionParts parts;
    private final Ticker ticker;
    private final ObservableList<ConnectionProfile> profiles = FXCollections.observableArrayList();
    private final ObjectProperty<Optional<ConnectionProfile>> chosen =
            new SimpleObjectProperty<>(this, "chosen", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Trial>> trial =
            new ReadOnlyObjectWrapper<>(this, "trial", Optional.empty());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final ReadOnlyObjectWrapper<Optional<String>> keyring =
            new ReadOnlyObjectWrapper<>(this, "keyring", Optional.empty());

    ConnectionsViewModel(ConnectionParts parts, Ticker ticker) {
        this.parts = parts;
        this.ticker = ticker;
        chosen.set(parts.switchboard().attached());
    }

    ObservableList<ConnectionProfile> profiles() {
        return profiles;
    }

    /** The profile that is looked at; empty for where the console began. */
    ObjectProperty<Optional<ConnectionProfile>> chosen() {
        return chosen;
    }

    ReadOnlyObjectProperty<Optional<Trial>> trial() {
        return trial.getReadOnlyProperty();
    }

    /** Why the last thing that was asked for did not happen; empty while all is well. */
    ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** What the keyring of this system is called; empty where there is none, and until it is known. */
    ReadOnlyObjectProperty<Optional<String>> keyring() {
        return keyring.getReadOnlyProperty();
    }

    Switchboard switchboard() {
        return parts.switchboard();
    }

    boolean isConnected(ConnectionProfile profile) {
        return parts.switchboard()
                .attached()
                .filter(attached -> attached.name().equals(profile.name()))
                .isPresent();
    }

    /** Whether a passphrase has to be typed before the token of a profile can be read or kept. */
    boolean wantsPassphrase(Draft.Place place) {
        return place == Draft.Place.ENCRYPTED_FILE
                && !parts.secrets().encrypted().isOpen();
    }

    void refresh() {
        ask(parts.secrets().keyring()::name, keyring::set);
        ask(parts.profiles()::read, this::show);
    }

    /** Keeps what was typed: the token first, so that no profile is there without one. */
    void save(Draft draft, Consumer<ConnectionProfile> kept) {
        Optional<ConnectionProfile> before = chosen.get();
        ask(
                () -> {
                    ConnectionProfile profile = draft.profile(before);
                    refuseTaken(profile, before);
                    keepToken(profile, draft);
                    before.ifPresent(old -> moveToken(old, profile, draft));
                    List<ConnectionProfile> all = parts.profiles().put(profile);
                    boolean renamed = before.isPresent() && !before.get().name().equals(profile.name());
                    return new Saved(
                            profile,
                            renamed ? parts.profiles().remove(before.get().name()) : all);
                },
                saved -> {
                    show(saved.all());
                    chosen.set(Optional.of(saved.profile()));
                    kept.accept(saved.profile());
                });
    }

    void remove(ConnectionProfile profile) {
        ask(
                () -> {
                    parts.secrets().forget(profile);
                    return parts.profiles().remove(profile.name());
                },
                left -> {
                    chosen.set(Optional.empty());
                    trial.set(Optional.empty());
                    show(left);
                });
    }

    /** Tests each address of a profile stage by stage, and then does what it was for. */
    void test(ConnectionProfile profile, Trial.Intent intent, String passphrase) {
        Trial begun = Trial.begun(profile, intent);
        trial.set(Optional.of(begun));
        ask(
                () -> {
                    unlock(profile, passphrase);
                    profile.addresses().forEach(address -> probe(profile, address));
                    return profile;
                },
                tested -> ended(profile),
                () -> ended(profile));
    }

    private void probe(ConnectionProfile profile, URI address) {
        new ConnectionProbe(address, profile.trust(), () -> parts.secrets().token(profile), ticker)
                .run(finding -> parts.fx().execute(() -> found(profile, address, finding)));
    }

    /** Believes what a person compared, keeps that, and goes on with the test. */
    void trust(ConnectionProfile profile, Fingerprint compared, Trial.Intent intent) {
        ConnectionProfile trusting = profile.withTrust(new ServerTrust.Known(compared));
        keep(trusting, () -> test(trusting, intent, ""));
    }

    /** Believes what was compared no more; the next test shows what is there, to be compared anew. */
    void forgetTrust(ConnectionProfile profile) {
        trial.set(Optional.empty());
        keep(profile.withTrust(new ServerTrust.JavaRoots()), () -> {});
    }

    private void keep(ConnectionProfile profile, Runnable then) {
        ask(
                () -> {
                    refuseChanged(profile);
                    return parts.profiles().put(profile);
                },
                all -> {
                    show(all);
                    chosen.set(Optional.of(profile));
                    then.run();
                });
    }

    /** What was tested must still be what is kept, but for whom it believes. */
    private void refuseChanged(ConnectionProfile tested) {
        boolean same = parts.profiles()
                .find(tested.name())
                .map(kept -> kept.withTrust(tested.trust()))
                .filter(tested::equals)
                .isPresent();
        if (!same) {
            throw new MeshException(
                    MeshException.Kind.CONFLICT,
                    "profile: " + tested.name() + " was changed (expected: as it was tested)");
        }
    }

    private void keepToken(ConnectionProfile profile, Draft draft) {
        if (profile.secret() instanceof SecretPlace.TokenFile || draft.token().isBlank()) {
            return;
        }
        unlock(profile, draft.passphrase());
        parts.secrets().keep(profile, AccessToken.of(draft.token()));
    }

    private void refuseTaken(ConnectionProfile profile, Optional<ConnectionProfile> before) {
        boolean own = before.map(ConnectionProfile::name)
                .filter(profile.name()::equals)
                .isPresent();
        InvalidValueException.unless(
                own || parts.profiles().find(profile.name()).isEmpty(),
                "name",
                profile.name(),
                "one that no other profile has");
    }

    /** The token goes along with name and place, and to no other address: who asks another mesh types its token. */
    private void moveToken(ConnectionProfile before, ConnectionProfile after, Draft draft) {
        boolean elsewhere =
                !before.name().equals(after.name()) || !before.secret().equals(after.secret());
        boolean sameMesh = before.reachesAllOf(after);
        if (draft.token().isBlank() && elsewhere && sameMesh && !(before.secret() instanceof SecretPlace.TokenFile)) {
            unlock(before, draft.passphrase());
            unlock(after, draft.passphrase());
            parts.secrets().token(before).ifPresent(token -> parts.secrets().keep(after, token));
        }
        if (elsewhere || (draft.token().isBlank() && !sameMesh)) {
            parts.secrets().forget(before);
        }
    }

    private void unlock(ConnectionProfile profile, String passphrase) {
        boolean encrypted = profile.secret() instanceof SecretPlace.EncryptedFile;
        if (encrypted && !parts.secrets().encrypted().isOpen() && !passphrase.isEmpty()) {
            parts.secrets().encrypted().open(passphrase);
        }
    }

    private void found(ConnectionProfile profile, URI address, ProbeFinding finding) {
        running(profile).ifPresent(now -> trial.set(Optional.of(now.with(address, finding))));
    }

    private void ended(ConnectionProfile profile) {
        running(profile).map(Trial::ended).ifPresent(now -> {
            trial.set(Optional.of(now));
            if (now.passed() && now.intent() == Trial.Intent.CONNECT) {
                connect(profile);
            }
        });
    }

    private Optional<Trial> running(ConnectionProfile profile) {
        return trial.get()
                .filter(now -> now.progress() == Trial.Progress.RUNNING)
                .filter(now -> now.profile().equals(profile));
    }

    private void connect(ConnectionProfile profile) {
        ask(
                () -> {
                    refuseChanged(profile);
                    AccessToken token = parts.secrets()
                            .token(profile)
                            .orElseThrow(() -> new MeshException(MeshException.Kind.FORBIDDEN, "token: none"));
                    return parts.open().apply(profile, token);
                },
                (MeshConnection mesh) -> parts.switchboard().attach(profile, mesh));
    }

    private void show(List<ConnectionProfile> all) {
        profiles.setAll(all);
    }

    private <T> void ask(Supplier<T> work, Consumer<T> got) {
        ask(work, got, () -> {});
    }

    private <T> void ask(Supplier<T> work, Consumer<T> got, Runnable failed) {
        problem.set("");
        parts.background().execute(() -> {
            Runnable told;
            try {
                T answer = work.get();
                told = () -> got.accept(answer);
            } catch (RuntimeException e) {
                told = () -> {
                    problem.set(String.valueOf(e.getMessage()));
                    failed.run();
                };
            }
            parts.fx().execute(told);
        });
    }

    private record Saved(ConnectionProfile profile, List<ConnectionProfile> all) {}
}
