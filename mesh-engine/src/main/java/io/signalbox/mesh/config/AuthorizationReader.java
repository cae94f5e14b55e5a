package io.signalbox.mesh.config;

import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads who may call a service. */
final class AuthorizationReader {

    private AuthorizationReader() {}

    /** @param service that the policy is of */
    static Authorization read(Section section, String service) {
        section.allowing(Set.of("default", "mode", "rules"));
        if (service.equals(TrafficPolicy.WHOLE_MESH) && section.has("rules")) {
            throw section.refused("rules", "of the whole mesh", "left out: rules belong to the service that is called");
        }
        Optional<Action> otherwise = section.parsed("default", Action::parse);
        Optional<Mode> mode = section.parsed("mode", Mode::parse);
        List<AuthorizationRule> rules = new ArrayList<>();
        for (Section rule : section.sections("rules")) {
            rules.add(rule(rule, rules.size() + 1));
        }
        return section.build(() -> new Authorization(otherwise, mode, rules));
    }

    /** @param place in the policy, from 1: a rule without a name is called by what it does and that */
    private static AuthorizationRule rule(Section section, int place) {
        section.allowing(Set.of("name", "action", "match"));
        section.requiredText("action");
        Action action = section.parsed("action", Action::parse).orElseThrow();
        String name = section.text("name").orElse(action.wireName() + "-" + place);
        RouteMatch match =
                section.section("match").map(AuthorizationReader::match).orElse(RouteMatch.ANY);
        return section.build(() -> new AuthorizationRule(name, action, match));
    }

    private static RouteMatch match(Section section) {
        for (String said : List.of("headers", "query")) {
            if (section.has(said)) {
                throw section.refused(
                        said, "given", "left out: who may call rests on what a caller proves, not on what it says");
            }
        }
        return RuleReader.match(section);
    }
}
