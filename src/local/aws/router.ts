import { type Operation } from './protocol/schema';

/** An operation with the service that offers it. */
export interface Route {
  service: string;
  operation: Operation;
}

export interface RouteMatch extends Route {
  /** The path's parameters, decoded. */
  labels: Record<string, string>;
}

interface CompiledRoute extends Route {
  method: string;
  segments: string[];
}

/** Finds the operation that a method and path name; routes with more literal segments win. */
export class Router {
  private readonly routes: CompiledRoute[] = [];

  /** Adds a service's operations; those without an HTTP binding of their own are left out. */
  add(service: string, operations: Operation[]): void {
    for (const operation of operations) {
      if (operation.http === null) continue;
      const { method, path } = operation.http;
      this.routes.push({ service, operation, method, segments: segmentsOf(path) });
    }
    const literals = (route: CompiledRoute) => route.segments.filter((segment) => !isLabel(segment)).length;
    this.routes.sort((a, b) => literals(b) - literals(a));
  }

  /** @param path still percent-encoded; a slash at its end makes no difference */
  match(method: string, path: string): RouteMatch | null {
    const segments = segmentsOf(path);
    for (const route of this.routes) {
      if (route.method !== method || route.segments.length !== segments.length) continue;
      const labels = labelsOf(route.segments, segments);
      if (labels !== null) return { service: route.service, operation: route.operation, labels };
    }
    return null;
  }
}

function segmentsOf(path: string): string[] {
  return path.replace(/\/+$/, '').split('/').slice(1);
}

function isLabel(segment: string): boolean {
  return segment.startsWith('{');
}

function labelsOf(template: string[], segments: string[]): Record<string, string> | null {
  const labels: Record<string, string> = {};
  for (let i = 0; i < template.length; i++) {
    if (isLabel(template[i]!)) labels[template[i]!.slice(1, -1)] = decodeURIComponent(segments[i]!);
    else if (template[i] !== segments[i]) return null;
  }
  return labels;
}
