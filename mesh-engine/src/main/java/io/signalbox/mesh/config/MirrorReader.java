package io.signalbox.mesh.config;

import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import java.util.Optional;
import java.util.Set;

/** Reads a policy's {@code mirror}. */
final class MirrorReader {

    private MirrorReader() {}

    /** @param own the policy's service */
    static Mirror read(Section section, String own) {
        section.allowing(Set.of("version", "service", "match", "share", "methods", "maxInFlight", "diff"));
        Optional<String> version = section.text("version");
        Optional<String> service = section.text("service");
        if (service.filter(own::equals).isPresent()) {
            throw section.refused("service", own, "another service than the policy's own");
        }
        return mirror(section, version, service);
    }

    /** One whose copies go to that version of the policy's service. */
    static Mirror copiesTo(Section section, String version) {
        section.allowing(Set.of("match", "share", "methods", "maxInFlight", "diff"));
        return mirror(section, Optional.of(version), Optional.empty());
    }

    private static Mirror mirror(Section section, Optional<String> version, Optional<String> service) {
        RouteMatch match = section.section("match").map(MirrorReader::match).orElse(RouteMatch.ANY);
        double share = section.decimal("share", Mirror.ALL);
        Set<String> methods = section.has("methods") ? Set.copyOf(section.words("methods")) : Mirror.SAFE;
        int most = section.number("maxInFlight", Mirror.DEFAULT_IN_FLIGHT);
        Optional<Mirror.Diff> diff = section.section("diff").map(MirrorReader::diff);
        return section.build(() -> new Mirror(version, service, match, share, methods, most, diff));
    }

    private static RouteMatch match(Section section) {
        if (section.has("methods")) {
            throw section.refused("methods", "given", "left out: mirror.methods says which");
        }
        return RuleReader.match(section);
    }

    private static Mirror.Diff diff(Section section) {
        section.allowing(Set.of("noiseShare", "ignoreHeaders"));
        double noise = section.decimal("noiseShare", Mirror.Diff.DEFAULT_NOISE_SHARE);
        Set<String> ignored = Set.copyOf(section.words("ignoreHeaders"));
        return section.build(() -> new Mirror.Diff(noise, ignored));
    }
}
