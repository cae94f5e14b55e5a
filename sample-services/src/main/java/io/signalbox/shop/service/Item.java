package io.signalbox.shop.service;

/** Something that is sold; the price is in cents. */
public record Item(String id, String name, String category, int priceCents) {}
