export * from "./compare";
export * from "./problems";
export * from "./recorded";
export * from "./rules";
export * from "./scope";
export * from "./summary";
export * from "./types";
