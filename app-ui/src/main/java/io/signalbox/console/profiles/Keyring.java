package io.signalbox.console.profiles;

import io.signalbox.mesh.client.MeshException;
import java.util.Optional;

/** The keyring of the operating system. Its calls may block, and may open a window of the system's. */
public interface Keyring {

    /** Its name, such as {@code GNOME keyring}; empty where this session has none. */
    Optional<String> name();

    /**
     * The token of a profile, if it is there.
     *
     * @throws MeshException when the keyring refuses
     */
    Optional<String> read(String profile);

    void write(String profile, String token);

    /** Does nothing where there is none. */
    void delete(String profile);
}
