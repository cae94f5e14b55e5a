package io.signalbox.console;

import io.signalbox.console.connections.ConnectionParts;
import io.signalbox.console.connections.Switchboard;
import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.EncryptedTokens;
import io.signalbox.console.profiles.Keyring;
import io.signalbox.console.profiles.ProfileFile;
import io.signalbox.console.profiles.Secrets;
import io.signalbox.console.rehearsal.Play;
import io.signalbox.console.rehearsal.Props;
import io.signalbox.console.rehearsal.Rehearsal;
import io.signalbox.console.shell.ScreenFactory;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.theme.Preferences;
import io.signalbox.console.widget.FxScheduler;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.time.Ticker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.application.Platform;

/** The console's screens as they are rehearsed: over an example, with nothing of the user's within reach. */
final class RehearsedScreens {

    /** Where no file is. */
    private static final Path NOWHERE = Path.of("signalbox-rehearsal", "none");

    private RehearsedScreens() {}

    /** Not begun yet. Call on the FX thread. */
    static Rehearsal rehearsal(Appearance appearance) {
        String theme = appearance.themeProperty().get().id();
        List<String> sheets = appearance.sheets();
        return new Rehearsal(() -> play(theme, sheets)::of, Platform::runLater, new FxScheduler());
    }

    /** Call on the thread that rehearses. */
    static Play play(String theme, List<String> sheets) {
        Texts texts = Texts.of(Locale.getDefault());
        Preferences preferences = new MemoryPreferences();
        preferences.put("theme", theme);
        return new Play(props -> screens(props, preferences, texts), sheets, texts);
    }

    private static Map<ScreenId, ScreenFactory> screens(Props props, Preferences preferences, Texts texts) {
        MeshFeed feed = new MeshFeed(props.mesh(), props.later(), Ticker.system(), InstantSource.system());
        feed.start();
        return new ScreenParts(
                        feed,
                        props.mesh(),
                        new Commands(props.mesh(), props.later(), props.later()),
                        new ConnectionParts(
                                new ProfileFile(NOWHERE),
                                new Secrets(new NoKeyring(), new EncryptedTokens(NOWHERE, new SecureRandom())),
                                new NoOther(),
                                (profile, token) -> props.mesh(),
                                props.later(),
                                props.later()),
                        new Appearance(preferences),
                        preferences,
                        texts,
                        Formats.of(Locale.getDefault(), ZoneId.systemDefault()),
                        props.later(),
                        props.later(),
                        props.scheduler(),
                        Ticker.system(),
                        InstantSource.system(),
                        "console")
                .screens();
    }

    private static final class NoKeyring implements Keyring {

        @Override
        public Optional<String> name() {
            return Optional.empty();
        }

        @Override
        public Optional<String> read(String profile) {
            return Optional.empty();
        }

        @Override
        public void write(String profile, String token) {}

        @Override
        public void delete(String profile) {}
    }

    private static final class NoOther implements Switchboard {

        @Override
        public String home() {
            return "embedded";
        }

        @Override
        public Optional<ConnectionProfile> attached() {
            return Optional.empty();
        }

        @Override
        public void attach(ConnectionProfile profile, MeshConnection connection) {}

        @Override
        public void detach() {}
    }
}
