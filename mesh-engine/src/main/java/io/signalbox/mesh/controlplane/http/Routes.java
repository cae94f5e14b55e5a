package io.signalbox.mesh.controlplane.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every route of the control plane. */
final class Routes {

    /** A route and what the path named. */
    record Match(Route route, Map<String, String> named) {}

    private final List<Route> routes;

    Routes(Surroundings surroundings) {
        routes = Stream.of(
                        new ProbeRoutes(surroundings).routes(),
                        new ServiceRoutes(surroundings.controlPlane()).routes(),
                        new PolicyRoutes(surroundings.controlPlane()).routes(),
                        new WhatIfRoutes(surroundings.controlPlane()).routes(),
                        new TrafficRoutes(surroundings.controlPlane()).routes(),
                        new CanaryRoutes(surroundings.controlPlane()).routes(),
                        new AuditRoutes(surroundings.controlPlane()).routes(),
                        new ObserveRoutes(surroundings).routes(),
                        new SidecarRoutes(surroundings).routes(),
                        new RequestRoutes(surroundings).routes(),
                        new ScenarioRoutes(surroundings.controlPlane()).routes(),
                        new AdoptionRoutes(surroundings.controlPlane()).routes(),
                        new TokenRoutes(surroundings.door()).routes(),
                        new IdentityRoutes(surroundings.door(), surroundings.controlPlane()).routes())
                .flatMap(List::stream)
                .toList();
    }

    List<Route> all() {
        return routes;
    }

    /** The routes that fit a path, one for each method. */
    List<Match> matching(List<String> segments) {
        List<Match> fitting = routes.stream()
                .flatMap(route -> route.match(segments).stream().map(named -> new Match(route, named)))
                .sorted(Comparator.comparingInt((Match match) -> -match.route().fixedSegments()))
                .toList();
        return fitting.stream()
                .filter(match -> match.route().fixedSegments()
                        == fitting.getFirst().route().fixedSegments())
                .toList();
    }
}
