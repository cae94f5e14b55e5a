package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.SharedStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a control plane keeps everything: in its folder, or in an etcd that it shares with others; a mixin. */
final class StoreOptions {

    @Option(
            names = "--store",
            paramLabel = "file|etcd",
            defaultValue = "file",
            description =
                    "Where policies, tokens and the audit log are kept: a file in DIR, or an etcd that other control"
                            + " planes of the same name share. Default: ${DEFAULT-VALUE}.")
    private String kind = "";

    @Option(
            names = "--etcd-endpoints",
            paramLabel = "URL",
            split = ",",
            description = "The nodes of etcd, http://HOST:PORT or https://HOST:PORT each.")
    private List<URI> endpoints = List.of();

    @Option(
            names = "--etcd-ca",
            paramLabel = "FILE",
            description = "PEM, the roots that etcd's certificate must come of.")
    private @Nullable Path authority;

    @Option(names = "--etcd-cert", paramLabel = "FILE", description = "PEM, the certificate to show to etcd.")
    private @Nullable Path certificate;

    @Option(names = "--etcd-key", paramLabel = "FILE", description = "PEM, the key to --etcd-cert, PKCS #8.")
    private @Nullable Path key;

    @Option(names = "--etcd-user", paramLabel = "NAME", description = "A user of etcd.")
    private @Nullable String user;

    @Option(names = "--etcd-password-file", paramLabel = "FILE", description = "Holds the password of --etcd-user.")
    private @Nullable Path password;

    /** @param mesh whose keys these are */
    Optional<SharedStore> read(String mesh) {
        return switch (kind) {
            case "file" -> {
                InvalidValueException.unless(
                        endpoints.isEmpty()
                                && authority == null
                                && certificate == null
                                && key == null
                                && user == null
                                && password == null,
                        "store",
                        "file",
                        "etcd where options of etcd are given");
                yield Optional.empty();
            }
            case "etcd" -> {
                InvalidValueException.unless(
                        !endpoints.isEmpty(), "etcd-endpoints", "none", "URL, or several with commas");
                yield Optional.of(new SharedStore(
                        endpoints, "/signalbox/" + mesh + "/", Optional.ofNullable(authority), shown(), login()));
            }
            default -> throw new InvalidValueException("store", kind, "file or etcd");
        };
    }

    private Optional<SharedStore.Certificate> shown() {
        if (certificate != null && key != null) {
            return Optional.of(new SharedStore.Certificate(existing(certificate), existing(key)));
        }
        InvalidValueException.unless(certificate == null, "etcd-key", "none", "FILE, the key to --etcd-cert");
        InvalidValueException.unless(key == null, "etcd-cert", "none", "FILE, the certificate to --etcd-key");
        return Optional.empty();
    }

    private Optional<SharedStore.Login> login() {
        if (user != null && password != null) {
            return Optional.of(new SharedStore.Login(user, text(password)));
        }
        InvalidValueException.unless(user == null, "etcd-password-file", "none", "FILE, the password of --etcd-user");
        InvalidValueException.unless(password == null, "etcd-user", "none", "NAME, whose password is in the file");
        return Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidValueException("etcd-password-file", file, "a file that can be read");
        }
    }

    private static Path existing(Path file) {
        InvalidValueException.unless(Files.isReadable(file), "file", file, "a file that can be read");
        return file;
    }
}
