package io.signalbox.mesh.config;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.HostTls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the field {@code controlPlane} of a sidecar, with the files that it names. */
final class ControlPlaneReader {

    private static final String URL_FORM = "http:// or https:// with a host, and no path";

    private ControlPlaneReader() {}

    /** @param identity of the sidecar; one that is issued needs its token until it has a certificate */
    static ControlPlaneAddress read(Section section, NamedFiles files, SidecarIdentity identity) {
        section.allowing(Set.of("url", "tokenFile", "caFile", "state"));
        List<URI> urls = urls(section);
        URI url = urls.getFirst();
        boolean used = identity instanceof SidecarIdentity.Issued && "https".equals(url.getScheme());
        Path file = section.parsed("tokenFile", name -> files.path("tokenFile", name))
                .orElseThrow(() -> section.missing("tokenFile"));
        if (used) {
            files.named().remove(file);
        }
        AccessToken token = used && !Files.exists(file)
                ? null
                : section.parsed("tokenFile", _ -> token(file)).orElseThrow();
        String ca = section.parsed("caFile", name -> ca(url, files.text("caFile", name)))
                .orElse(null);
        Path state =
                section.parsed("state", name -> files.folder("state", name)).orElse(null);
        return new ControlPlaneAddress(urls, token, file, ca, state);
    }

    private static List<URI> urls(Section section) {
        List<URI> urls = new ArrayList<>();
        section.eachWord("url", text -> {
            URI url = url(text);
            InvalidValueException.unless(
                    urls.isEmpty() || url.getScheme().equals(urls.getFirst().getScheme()),
                    "url",
                    text,
                    "all of them http, or all https");
            urls.add(url);
        });
        if (urls.isEmpty()) {
            throw section.missing("url");
        }
        return urls;
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            String path = url.getPath();
            boolean fits = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && (path == null || path.isEmpty() || path.equals("/"))
                    && url.getQuery() == null
                    && url.getUserInfo() == null;
            InvalidValueException.unless(fits, "url", text, URL_FORM);
            return url;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("url", text, URL_FORM);
        }
    }

    private static AccessToken token(Path file) {
        try {
            return AccessToken.read(file);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("tokenFile", e.value(), e.expected());
        }
    }

    private static String ca(URI url, String pem) {
        InvalidValueException.unless("https".equals(url.getScheme()), "caFile", "given", "none, since url is no https");
        try {
            HostTls.client(pem);
            return pem;
        } catch (InvalidValueException e) {
            throw new InvalidValueException("caFile", e.value(), e.expected());
        }
    }
}
