/** The facade by the names of the Python FlowerPower. */
import {
  type CreateProjectOptions,
  FlowerPowerProject,
  type LoadProjectOptions,
} from './flowerpower-project.js';

/** Makes a folder a project and opens it: `FlowerPowerProject.new`, and throws as that does. */
export function initializeProject(options: CreateProjectOptions): Promise<FlowerPowerProject> {
  return FlowerPowerProject.new(options);
}

/** Opens a project that exists, as `create_project` of the Python FlowerPower: `FlowerPowerProject.load`, and throws as that does. */
export function createProject(dir?: string, options?: LoadProjectOptions): Promise<FlowerPowerProject> {
  return FlowerPowerProject.load(dir, options);
}

export { createProject as FlowerPower };
